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
        return with("quotas.yaml", yaml);
    }

    /** With this {@code agents.yaml}. */
    public static CompiledPolicy agents(String yaml) {
        return with("agents.yaml", yaml);
    }

    private static CompiledPolicy with(String file, String yaml) {
        Map<String, byte[]> files = new TreeMap<>(OwnBundles.files(BuiltInPolicy.NAME));
        files.put(file, yaml.getBytes(UTF_8));
        return new CompiledPolicy(BundleLoader.load(files), "");
    }
}
