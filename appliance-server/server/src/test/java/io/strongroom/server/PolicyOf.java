package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.util.Map;
import java.util.TreeMap;

/** The built-in bundle with a file more. */
public final class PolicyOf {
    private PolicyOf() {}

    /** With this {@code quotas.yaml}. */
    public static CompiledPolicy quotas(String yaml) {
        Map<String, byte[]> files = new TreeMap<>(OwnBundles.files(BuiltInPolicy.NAME));
        files.put("quotas.yaml", yaml.getBytes(UTF_8));
        return new CompiledPolicy(BundleLoader.load(files), "");
    }
}
