package io.strongroom.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The steps on the way of an encrypted file, one method each, so that a test can make any of them fail. */
class Disk {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Bytes that the folder's file system has left. */
    long room(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Opens a file that must not exist yet. */
    FileChannel create(Path file, OpenOption how) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, how), OWNER_ONLY);
    }

    /** Writes all that remains of {@code bytes}. */
    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Cuts the file off at this length and returns once it is on disk. */
    void finish(FileChannel channel, long length) throws IOException {
        channel.truncate(length);
        channel.force(true);
    }

    /**
     * A file's bytes from {@code offset}.
     *
     * @throws java.nio.file.NoSuchFileException if it is gone
     */
    InputStream read(Path file, long offset) throws IOException {
        return Channels.newInputStream(
                FileChannel.open(file, StandardOpenOption.READ).position(offset));
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
