package io.strongroom.policies.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The bundles that come with the product: {@code built-in}, and {@code default} to begin with. */
public final class OwnBundles {
    private static final String FOLDER = "/io/strongroom/policies/bundles/";

    private OwnBundles() {}

    /** The files of a bundle of ours, by path; {@code NAME.files} beside its folder names them. */
    public static Map<String, byte[]> files(String name) {
        Map<String, byte[]> files = new TreeMap<>();
        String list = new String(read(name + ".files"), StandardCharsets.US_ASCII);
        list.lines().filter(path -> !path.isBlank()).forEach(path -> files.put(path, read(name + "/" + path)));
        return files;
    }

    private static byte[] read(String path) {
        try (InputStream in = OwnBundles.class.getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks a file of its own bundles: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a file of our own bundles: " + path, e);
        }
    }
}
