package io.strongroom.server.policy;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;

/** Makes what decides of what is stored. */
final class StoredBundles {
    private StoredBundles() {}

    /**
     * The policy of an activation.
     *
     * @throws InvalidBundleException if this program cannot read the bundle, which is the one that was activated
     * @throws IllegalStateException if it is not
     */
    static CompiledPolicy compile(Activation activation) {
        return new CompiledPolicy(
                BundleLoader.loadRules(files(activation).byPath()),
                activation.commit().hex());
    }

    /**
     * The files of the bundle that was activated, whether this program can read what they say or not.
     *
     * @throws IllegalStateException if what is stored is something else
     */
    static BundleFiles files(Activation activation) {
        BundleFiles files;
        try {
            files = BundleFiles.of(BundleArchive.read(activation.archive()));
        } catch (InvalidBundleException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the stored bundle of the activation " + activation.record() + " is none", e);
        }
        if (!files.digest().equals(activation.bundle())) {
            throw new IllegalStateException("the stored bundle of the activation " + activation.record() + " is "
                    + files.digest() + ", not " + activation.bundle());
        }
        return files;
    }
}
