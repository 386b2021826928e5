package io.strongroom.policies;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bundle put together by a test: a valid one to which files are added or in which they are replaced. */
public final class TestBundle {
    private final Map<String, byte[]> files = new TreeMap<>();

    public TestBundle() {
        file("bundle.yaml", "name: test\nversion: \"1\"\n");
        file("classification.yaml", "default: INTERNAL\n");
        file("retention.yaml", "default: audit-7y\nclasses:\n  audit-7y: {years: 7}\n");
    }

    public TestBundle file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestBundle file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public TestBundle without(String path) {
        files.remove(path);
        return this;
    }

    public Map<String, byte[]> files() {
        return new TreeMap<>(files);
    }

    public Bundle load() {
        return BundleLoader.load(files);
    }

    public CompiledPolicy compile() {
        return new CompiledPolicy(load(), "");
    }

    /** What is wrong with it, a line each; empty if nothing is. */
    public List<String> faults() {
        try {
            load();
            return List.of();
        } catch (InvalidBundleException e) {
            return e.faults().stream().map(Fault::toString).toList();
        }
    }
}
