package io.strongroom.installer;

import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleFolder;
import io.strongroom.policies.bundle.BundleLoader;
import java.io.IOException;
import java.nio.file.Path;

/** Bundles in folders of this machine. */
final class BundleFolders {
    private BundleFolders() {}

    /**
     * Reads and validates the bundle in a folder.
     *
     * @throws io.strongroom.policies.InvalidBundleException if anything is wrong with it
     * @throws LaunchException if the folder cannot be read
     */
    static Bundle load(Path folder) {
        try {
            return BundleLoader.load(BundleFolder.read(folder));
        } catch (IOException e) {
            throw new LaunchException("cannot read the bundle in " + folder + ": " + e);
        }
    }
}
