package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bundles that tests bring along. */
public final class TestPolicies {
    private static final List<String> FILES = List.of(
            "bundle.yaml",
            "classification.yaml",
            "handling.yaml",
            "masking.yaml",
            "retention.yaml",
            "access.yaml",
            "export.yaml");

    private TestPolicies() {}

    /** A bundle of these files, and a name and a retention where they are not among them. */
    public static CompiledPolicy of(Map<String, String> texts) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("bundle.yaml", "name: test\nversion: \"1\"\n".getBytes(UTF_8));
        files.put("retention.yaml", "default: audit-7y\nclasses:\n  audit-7y: {years: 7}\n".getBytes(UTF_8));
        texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
        return new CompiledPolicy(BundleLoader.load(files), "");
    }

    /** The bundle that stands in a folder of the test's resources. */
    public static CompiledPolicy inFolder(String folder) {
        Map<String, byte[]> files = new HashMap<>();
        for (String file : FILES) {
            try (InputStream in = TestPolicies.class.getResourceAsStream("/" + folder + "/" + file)) {
                if (in != null) {
                    files.put(file, in.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new CompiledPolicy(BundleLoader.load(files), "");
    }
}
