package io.strongroom.policies.evaluate;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;

/**
 * The policy where the bundle that was activated is there, as it was approved, and this release cannot read it: as
 * {@link ClosedPolicy}, but that officers may bring another into force.
 */
public final class MendingPolicy extends CompiledPolicy {
    /** The bundle's name. */
    public static final String NAME = "mending";

    private static final Bundle BUNDLE = BundleLoader.load(OwnBundles.files(NAME));

    public MendingPolicy() {
        super(BUNDLE, "");
    }
}
