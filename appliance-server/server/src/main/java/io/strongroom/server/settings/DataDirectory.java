package io.strongroom.server.settings;

import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder where an installation keeps what is not in its database, held by one process at a time.
 *
 * <p>Its file {@code VERSION} names the layout. Another layout's folder is refused, never converted on the quiet.
 */
public final class DataDirectory implements AutoCloseable {
    /** The layout that this program reads and writes. */
    public static final int VERSION = 1;

    private static final String VERSION_PREFIX = "strongroom data ";
    private static final Set<String> ALLOWED_BEFORE = Set.of("strongroom.yml", "lock", "log", "lost+found");

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, made first if there is none.
     *
     * @throws StartRefusedException if it is in use, of another version, or holds something else
     */
    public static DataDirectory open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        FileChannel lockFile = null;
        try {
            DurableFile.folder(root);
            Path lock = root.resolve("lock");
            lockFile = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                String holder =
                        Files.readString(lock, StandardCharsets.US_ASCII).strip();
                throw refused("The data directory " + root + " is in use by another Strongroom"
                        + (holder.isEmpty()
                                ? ". Stop that one, or give another --data."
                                : ", the process " + holder + ". Stop that one (kill " + holder
                                        + " lets it stop tidily), or give another --data."));
            }
            requireVersion(root);
            name(lockFile);
            return new DataDirectory(root, lockFile);
        } catch (IOException e) {
            closeQuietly(lockFile, e);
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY,
                    "The data directory " + root + " cannot be used: " + e + ". Check that this user may write there.",
                    e);
        } catch (StartRefusedException e) {
            closeQuietly(lockFile, e);
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Says whose the lock is, for whoever finds it taken. */
    private static void name(FileChannel lockFile) throws IOException {
        lockFile.truncate(0);
        lockFile.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static void requireVersion(Path root) throws IOException {
        Path file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            requireNothingElse(root);
            DurableFile.write(file, (VERSION_PREFIX + VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!text.equals(VERSION_PREFIX + VERSION)) {
            String found = text.startsWith(VERSION_PREFIX) ? text.substring(VERSION_PREFIX.length()) : "“" + text + "”";
            throw refused("The data directory " + root + " has version " + found + ", and this program needs version "
                    + VERSION + ". Start it with the program that made it, or give another --data.");
        }
    }

    private static void requireNothingElse(Path root) throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            List<String> strange = paths.map(path -> path.getFileName().toString())
                    .filter(name -> !ALLOWED_BEFORE.contains(name))
                    .sorted()
                    .toList();
            if (!strange.isEmpty()) {
                throw refused(
                        "The folder " + root + " holds other things (" + strange.getFirst()
                                + ") and no file VERSION: it is no data directory of Strongroom's. Give an empty one as --data.");
            }
        }
    }

    private static StartRefusedException refused(String message) {
        return new StartRefusedException(Reason.DATA_DIRECTORY, message);
    }

    private static void closeQuietly(@Nullable FileChannel channel, Throwable cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    public Path root() {
        return root;
    }

    /** A folder of one slice's, made if there is none. */
    public Path folder(String name) {
        try {
            return DurableFile.folder(root.resolve(name));
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.DATA_DIRECTORY, "The folder " + root.resolve(name) + " cannot be made: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
