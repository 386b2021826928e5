package io.strongroom.server.policy.repository;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the repository. */
@Factory
final class RepositoryBeans {
    private static final String FOLDER = "policy";
    private static final String FIRST = "default";

    @Singleton
    @Bean(preDestroy = "close")
    PolicyRepository policyRepository(
            DataDirectory data,
            Database database,
            Installation installation,
            ObjectStore objects,
            InstantSource clock) {
        Path folder = data.folder(FOLDER);
        try {
            sweep(folder);
            Backups backups = new Backups(database, installation.tenant(), objects, clock, folder);
            return PolicyRepository.open(folder.resolve("repository.git"), backups, OwnBundles.files(FIRST), clock);
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY, "The policy's repository in " + folder + " cannot be opened: " + e + ".", e);
        }
    }

    /** What a killed process left of copies that it was writing, and of pushes that were arriving. */
    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(folder, "{repository-*.bundle," + Push.ARRIVING + "*.new}")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    @Singleton
    BundleCheck bundleCheck() {
        return new BundleCheck();
    }

    @Singleton
    Push push(DataDirectory data, PolicyRepository repository, BundleCheck check, Proposing proposing) {
        return new Push(data.folder(FOLDER), repository, check, proposing);
    }
}
