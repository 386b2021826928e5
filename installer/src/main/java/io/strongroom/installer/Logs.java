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
 * Where the log of a server goes that this launcher starts: {@code log/server.log} in its data directory, for one start
 * after the other. A start that finds it long begins another and keeps that one beside it, so that two are the most.
 */
final class LogFile {
    private static final long LONG_BYTES = 16L << 20;
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private LogFile() {}

    /**
     * The file for the next start.
     *
     * @throws LaunchException if its folder cannot be made or written
     */
    static Path in(Path data) {
        Path folder = data.resolve("log");
        Path file = folder.resolve("server.log");
        try {
            Files.createDirectories(folder, OWN);
            if (Files.exists(file) && Files.size(file) > LONG_BYTES) {
                // A server that still writes there, as one whose launcher was killed, goes on writing to the same file.
                Files.move(file, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw new LaunchException("the log cannot be kept in " + folder + ": " + e, e);
        }
    }
}
