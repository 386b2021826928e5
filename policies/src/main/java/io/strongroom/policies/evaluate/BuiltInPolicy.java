package io.strongroom.policies.evaluate;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;

/**
 * The policy in force until a customer activates one: everything {@code INTERNAL}, one retention class, nothing hidden,
 * nothing dropped (design §6).
 *
 * <p>Its bundle consists of real files with a real digest, and is evaluated like any other.
 */
public final class BuiltInPolicy extends CompiledPolicy {
    /** The one retention class of the bundle. */
    public static final String RETENTION = "audit-7y";

    /** The bundle's name. */
    public static final String NAME = "built-in";

    private static final Bundle BUNDLE = BundleLoader.load(OwnBundles.files(NAME));

    public BuiltInPolicy() {
        super(BUNDLE, "");
    }
}
