package io.strongroom.policies;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a bundle by path, and the digest that names them all (formats §8).
 *
 * <p>Paths are relative, of {@code A-Z a-z 0-9 . _ -} in segments divided by {@code /}, at most 255 characters, no
 * segment beginning with a dot: so that a bundle unpacks anywhere, and its list is canonical JSON without escapes.
 */
public final class BundleFiles {
    private static final int MAX_PATH_CHARS = 255;
    private static final Pattern PATH = Pattern.compile("(?!\\.)[A-Za-z0-9._-]++(/(?!\\.)[A-Za-z0-9._-]++)*+");

    private final SortedMap<String, byte[]> files;
    private final Digest digest;

    private BundleFiles(SortedMap<String, byte[]> files) {
        this.files = files;
        this.digest = Digest.of(list(files));
    }

    /**
     * A bundle of these files, whose bytes are copied.
     *
     * @throws IllegalArgumentException if there is none, or a path breaks the rule
     */
    public static BundleFiles of(Map<String, byte[]> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a bundle has at least one file");
        }
        SortedMap<String, byte[]> copies = new TreeMap<>();
        files.forEach((path, content) -> copies.put(checked(path), content.clone()));
        return new BundleFiles(copies);
    }

    /** Whether a bundle may have a file of that path. */
    public static boolean isPath(String path) {
        return path.length() <= MAX_PATH_CHARS && PATH.matcher(path).matches();
    }

    private static String checked(String path) {
        if (!isPath(path)) {
            throw new IllegalArgumentException(
                    "not a path for a bundle's file (relative, A-Z a-z 0-9 . _ - /, at most 255 characters): " + path);
        }
        return path;
    }

    /** The JCS of {@code {path: digest}}: with the alphabet of paths, plain concatenation in order is canonical. */
    private static byte[] list(SortedMap<String, byte[]> files) {
        StringBuilder json = new StringBuilder("{");
        files.forEach((path, content) -> json.append(json.length() == 1 ? "\"" : ",\"")
                .append(path)
                .append("\":\"")
                .append(Digest.of(content))
                .append('"'));
        return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The bundle digest: {@code sha256(JCS({path: "sha256:…"}))}. */
    public Digest digest() {
        return digest;
    }

    /** The files by path. The arrays are the caller's own. */
    public SortedMap<String, byte[]> byPath() {
        SortedMap<String, byte[]> copies = new TreeMap<>();
        files.forEach((path, content) -> copies.put(path, content.clone()));
        return Collections.unmodifiableSortedMap(copies);
    }
}
