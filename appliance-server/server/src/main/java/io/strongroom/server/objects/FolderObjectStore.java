package io.strongroom.server.objects;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects as read-only files in a folder that belongs to this process alone.
 *
 * <p>A put writes a file aside, forces it, and only then gives it its name by a hard link, which refuses a name that is
 * taken; last the folder is forced. So under its name an object is whole or not there, whenever the power goes. What a
 * killed put leaves aside is swept away at the next start.
 *
 * <p>{@link Protection#LOCKED} objects hold nothing personal: they are readable for all and {@link #delete} refuses
 * them. The others are readable for the owner alone. That is an agreement with ourselves; only an S3 store with object
 * lock holds against an administrator of the machine.
 */
public final class FolderObjectStore implements ObjectStore {
    private static final int BUFFER = 64 * 1024;
    private static final Set<PosixFilePermission> LOCKED_MODE = PosixFilePermissions.fromString("r--r--r--");
    private static final Set<PosixFilePermission> LOOSE_MODE = PosixFilePermissions.fromString("r--------");

    private final Path root;
    /** Where files are written before they have a name; no object's name starts with a dot. */
    private final Path aside;

    private final Disk disk;
    /** Folders whose own names are known to be on disk, made by this process or found by it and forced. */
    private final Set<Path> settled = ConcurrentHashMap.newKeySet();

    /**
     * Opens the store, making its folder where there is none.
     *
     * @throws IOException if the folder cannot be written, or its file system has no hard links
     */
    public FolderObjectStore(Path root) throws IOException {
        this(root, new Disk());
    }

    FolderObjectStore(Path root, Disk disk) throws IOException {
        this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
        this.disk = requireNonNull(disk, "disk is null");
        this.aside = this.root.resolve(".aside");
        try {
            Files.createDirectories(aside);
            sweep();
            probe();
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "the object store's folder " + this.root + " cannot be used (" + e.getMessage()
                            + "); it must be writable, and on a file system with hard links and POSIX permissions",
                    e);
        }
    }

    @Override
    public Optional<Holdings> count() throws IOException {
        long[] counted = new long[2];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(aside) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                counted[0]++;
                counted[1] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return Optional.of(new Holdings(counted[0], counted[1]));
    }

    @Override
    public void put(String name, byte[] content, Protection protection) throws IOException {
        put(name, new ByteArrayInputStream(content), content.length, protection);
    }

    @Override
    public void put(String name, InputStream content, long length, Protection protection) throws IOException {
        Path file = file(name);
        try {
            if (Files.exists(file)) {
                confirm(name, file, content, length);
                return;
            }
            Path written = aside.resolve(UUID.randomUUID().toString());
            try {
                write(name, written, content, length, protection);
                settle(folderOf(file));
                publish(name, file, written, length);
            } catch (IOException e) {
                discard(written, e);
                throw e;
            }
            disk.delete(written);
        } catch (ObjectExistsException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "the object " + name + " could not be stored in " + root + " (" + e
                            + "); check the disk and its free space, then try again",
                    e);
        }
    }

    private void write(String name, Path target, InputStream content, long length, Protection protection)
            throws IOException {
        try (FileChannel channel = disk.create(target)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
            long left = length;
            while (left > 0) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("the content of " + name + " ended " + left + " bytes too early");
                }
                disk.write(channel, ByteBuffer.wrap(buffer, 0, read));
                left -= read;
            }
            if (content.read() >= 0) {
                throw new IOException("the content of " + name + " is longer than the " + length + " bytes announced");
            }
            disk.permit(target, protection == Protection.LOCKED ? LOCKED_MODE : LOOSE_MODE);
            disk.force(channel);
        }
    }

    private void publish(String name, Path file, Path written, long length) throws IOException {
        try {
            disk.link(file, written);
        } catch (FileAlreadyExistsException e) {
            // Another put of this name was faster. Ours is whole in the file aside: compare with that.
            try (InputStream ours = Files.newInputStream(written)) {
                confirm(name, file, ours, length);
            }
            return;
        }
        disk.forceFolder(folderOf(file));
    }

    /** Makes sure that what stands under the name is what the caller brings, and that its name is on disk. */
    private void confirm(String name, Path file, InputStream content, long length) throws IOException {
        if (Files.size(file) != length) {
            throw new ObjectExistsException(name);
        }
        try (InputStream stored = Files.newInputStream(file)) {
            if (!SameBytes.in(stored, content)) {
                throw new ObjectExistsException(name);
            }
        }
        // A put that was killed after it gave the name may not have forced the folder.
        settle(folderOf(file));
        disk.forceFolder(folderOf(file));
    }

    private void discard(Path written, IOException cause) {
        try {
            disk.delete(written);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Makes the folder and those above it, each forced into its parent before anything is put below it. */
    private void settle(Path folder) throws IOException {
        if (folder.equals(root) || settled.contains(folder)) {
            return;
        }
        Path parent = folderOf(folder);
        settle(parent);
        if (!Files.isDirectory(folder)) {
            try {
                disk.makeFolder(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
        disk.forceFolder(parent);
        settled.add(folder);
    }

    @Override
    public Optional<InputStream> get(String name, long offset) throws IOException {
        Path file = file(name);
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(offset);
            return Optional.of(Channels.newInputStream(channel));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException("the object " + name + " cannot be read from " + root + " (" + e + ")", e);
        }
    }

    @Override
    public Optional<Long> length(String name) throws IOException {
        Path file = file(name);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException("the object " + name + " cannot be looked up in " + root + " (" + e + ")", e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = file(name);
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new IOException("the object " + name + " is locked and is never deleted");
            }
            disk.delete(file);
            disk.forceFolder(folderOf(file));
        } catch (NoSuchFileException e) {
            // What is not there needs no deleting.
        }
    }

    private Path file(String name) throws IOException {
        return root.resolve(ObjectName.check(name));
    }

    private static Path folderOf(Path file) {
        return requireNonNull(file.getParent(), "a path below the root has a parent");
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(aside)) {
            for (Path file : left) {
                disk.delete(file);
            }
        }
    }

    /** Finds out at start, not at the first tile, whether the file system can do what a put needs. */
    private void probe() throws IOException {
        Path first = aside.resolve("probe-" + UUID.randomUUID());
        Path second = aside.resolve("probe-" + UUID.randomUUID());
        Files.createFile(first);
        try {
            Files.setPosixFilePermissions(first, LOOSE_MODE);
            Files.createLink(second, first);
        } finally {
            Files.deleteIfExists(second);
            Files.deleteIfExists(first);
        }
    }
}
