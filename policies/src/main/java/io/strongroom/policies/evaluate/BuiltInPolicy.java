package io.strongroom.policies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The policy in force until a customer activates one: everything {@link Classification#INTERNAL}, one retention class,
 * nothing hidden, nothing dropped (design §6).
 *
 * <p>Its bundle consists of real files with a real digest, so that a pack made under it carries its rules like any
 * other. It decides the same about every record.
 */
public final class BuiltInPolicy implements Policy {
    /** The one retention class of the bundle. */
    public static final String RETENTION = "audit-7y";

    /** The bundle's name. */
    public static final String NAME = "built-in";

    static final List<String> PATHS = List.of("bundle.yaml", "classification.yaml", "masking.yaml", "retention.yaml");

    private static final String VERSION = "1";
    private static final String NO_COMMIT = "";

    private final BundleFiles files;
    private final PolicyDecision decision;

    public BuiltInPolicy() {
        this.files = load();
        this.decision = new PolicyDecision(
                new PolicyBundle(NAME, NO_COMMIT, VERSION, files.digest()),
                Classification.INTERNAL,
                RETENTION,
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static BundleFiles load() {
        Map<String, byte[]> files = new HashMap<>();
        for (String path : PATHS) {
            files.put(path, read("bundles/" + NAME + "/" + path));
        }
        return BundleFiles.of(files);
    }

    private static byte[] read(String resource) {
        try (InputStream in = BuiltInPolicy.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its built-in bundle: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in bundle's " + resource, e);
        }
    }

    @Override
    public PolicyBundle bundle() {
        return decision.bundle();
    }

    @Override
    public SortedMap<String, byte[]> files() {
        return files.byPath();
    }

    @Override
    public PolicyDecision decide(String stream, byte[] record) {
        return decision;
    }
}
