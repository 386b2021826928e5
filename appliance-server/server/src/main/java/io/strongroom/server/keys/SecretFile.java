package io.strongroom.server.keys;

import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file with a key in it, which is this user's alone. */
final class SecretFile {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private SecretFile() {}

    /**
     * Reads it.
     *
     * @throws StartRefusedException if it may be read or written by others, as after a restore that lost its rights
     */
    static byte[] read(Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
        others.addAll(all);
        others.removeAll(OWNERS);
        if (!others.isEmpty()) {
            throw new StartRefusedException(
                    Reason.KEY,
                    "The key " + file + " is not this user's alone: its rights are "
                            + PosixFilePermissions.toString(all) + ". Run chmod 600 on it, and if somebody else could"
                            + " have read it, change the keys.");
        }
        return Files.readAllBytes(file);
    }
}
