package io.strongroom.server.policy;

import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;

/** Makes what decides of what is stored. */
final class StoredBundles {
    private StoredBundles() {}

    /**
     * The policy of an activation.
     *
     * @throws InvalidBundleException if this program cannot read the bundle
     * @throws IllegalStateException if it is not the one that was activated
     */
    static CompiledPolicy compile(Activation activation) {
        Bundle bundle = BundleLoader.load(BundleArchive.read(activation.archive()));
        if (!bundle.files().digest().equals(activation.bundle())) {
            throw new IllegalStateException("the stored bundle of the activation " + activation.record() + " is "
                    + bundle.files().digest() + ", not " + activation.bundle());
        }
        return new CompiledPolicy(bundle, activation.commit().hex());
    }
}
