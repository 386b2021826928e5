package io.strongroom.policies.evaluate;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;

/**
 * The policy where a customer's bundle was activated and cannot be used: everything is {@code RESTRICTED}, and nobody may
 * do anything. A bundle like any other, with files and a digest, so that records of the time name what decided over them.
 */
public final class ClosedPolicy extends CompiledPolicy {
    /** The bundle's name. */
    public static final String NAME = "closed";

    private static final Bundle BUNDLE = BundleLoader.load(OwnBundles.files(NAME));

    public ClosedPolicy() {
        super(BUNDLE, "");
    }
}
