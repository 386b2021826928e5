package io.strongroom.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where a server goes on telling that this launcher starts, in {@code log} in its data directory, for one start after the
 * other.
 *
 * @param log its log, which it keeps short itself
 * @param errors what it says elsewhere: why a start is refused, and what a JVM says that ends
 */
record Logs(Path log, Path errors) {
    private static final long LONG_BYTES = 1L << 20;
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * The files for the next start. One that finds the errors long begins another and keeps that one beside it, so that two
     * are the most.
     *
     * @throws LaunchException if their folder cannot be made or written
     */
    static Logs in(Path data) {
        Path folder = data.resolve("log");
        Path errors = folder.resolve("server.err");
        try {
            Files.createDirectories(folder, OWN);
            if (Files.exists(errors) && Files.size(errors) > LONG_BYTES) {
                // A server that still writes there, as one whose launcher was killed, goes on writing to the same file.
                Files.move(errors, folder.resolve("server.err.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return new Logs(folder.resolve("server.log"), errors);
        } catch (IOException e) {
            throw new LaunchException("the log cannot be kept in " + folder + ": " + e, e);
        }
    }
}
