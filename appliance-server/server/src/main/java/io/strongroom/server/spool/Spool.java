package io.strongroom.server.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A folder of files, each encrypted under a key of its own that is not here. For any number of threads. */
public final class Spool {
    /** Bytes of a file's key, which must never be used for another file. */
    public static final int KEY_BYTES = ChunkCipher.KEY_BYTES;

    /** Files leave this much of the disk to the ledger. */
    public static final long FLOOR_BYTES = 512L << 20;

    private static final String SUFFIX = ".spool";

    private final Path folder;
    private final long floorBytes;
    private final Disk disk;

    /**
     * @param floorBytes free bytes of the file system that files never touch
     * @throws IOException if the folder cannot be made
     */
    public Spool(Path folder, long floorBytes) throws IOException {
        this(folder, floorBytes, new Disk());
    }

    Spool(Path folder, long floorBytes, Disk disk) throws IOException {
        this.disk = disk;
        this.folder = requireNonNull(folder, "folder is null");
        this.floorBytes = floorBytes;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes every file but those named in {@code kept}. */
    public void sweep(Set<String> kept) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(SUFFIX) || !kept.contains(name.substring(0, name.length() - SUFFIX.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Deletes a file; no error where there is none. */
    public void delete(String name) throws IOException {
        disk.delete(file(name));
    }

    /** Whether there is a file of that name. */
    public boolean has(String name) {
        return Files.exists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** Throws if the disk has no room for more. */
    private void requireRoom() throws IOException {
        long usable = disk.room(folder);
        if (usable < floorBytes) {
            throw new SpoolFullException("the file system of " + folder + " has " + usable / (1 << 20)
                    + " MiB left, and " + floorBytes / (1 << 20) + " MiB stay free; make room, or ask for less");
        }
    }

    /** Begins a file; one left from an attempt before is replaced. */
    public Writing write(String name, byte[] key) throws IOException {
        requireRoom();
        delete(name);
        return new Writing(new DirectFile(file(name), disk), new ChunkCipher(key, name));
    }

    /**
     * A file's plain bytes from {@code offset}; empty if it is gone.
     *
     * @param size the file's length in plain bytes
     */
    public Optional<InputStream> read(String name, byte[] key, long size, long offset) throws IOException {
        try {
            InputStream sealed = disk.read(file(name), sealedOffset(offset));
            return Optional.of(new UnsealingStream(sealed, new ChunkCipher(key, name), size, offset));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A file's bytes as they stand on the disk, to be kept elsewhere; {@link #sealedSize} of them. */
    public InputStream sealed(String name) throws IOException {
        return disk.read(file(name), 0);
    }

    /** How many bytes {@code size} plain ones are on the disk. */
    public static long sealedSize(long size) {
        return size + Math.ceilDiv(size, ChunkCipher.CHUNK) * ChunkCipher.TAG;
    }

    /** Where what {@link #sealed} gave has to be read from, to have the plain bytes from {@code offset}. */
    public static long sealedOffset(long offset) {
        return ChunkCipher.offset(offset / ChunkCipher.CHUNK);
    }

    /**
     * The plain bytes of what {@link #sealed} gave, from {@code offset}.
     *
     * @param sealed from the {@link #sealedOffset}
     * @param name the file's name when it was written
     * @param size its length in plain bytes
     */
    public static InputStream unseal(InputStream sealed, String name, byte[] key, long size, long offset) {
        return new UnsealingStream(sealed, new ChunkCipher(key, name), size, offset);
    }

    /** A file in clear that lives as long as this is open; a sweep takes what a crash leaves. */
    public Clear clear(InputStream content, long size) throws IOException {
        if (disk.room(folder) - size < floorBytes) {
            throw new SpoolFullException("the file system of " + folder + " has no room to unpack " + size + " bytes");
        }
        Path file = Files.createTempFile(
                folder,
                "clear-",
                ".zip",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Clear clear = new Clear(file);
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.transferTo(out);
            }
            return clear;
        } catch (IOException e) {
            clear.close();
            throw e;
        }
    }

    /** As {@link #clear} made it. */
    public record Clear(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Takes a file's plain bytes. {@link #finish} makes it durable; closed without that it is to be deleted. */
    public final class Writing extends OutputStream {
        /** The disk's free space is looked at once in so many chunks. */
        private static final int ROOM_EVERY = 256;

        private final DirectFile file;
        private final ChunkCipher cipher;
        private final byte[] plain = new byte[ChunkCipher.CHUNK];
        private final byte[] sealed = new byte[ChunkCipher.CHUNK + ChunkCipher.TAG];
        private int filled;
        private long chunks;
        private long size;

        private Writing(DirectFile file, ChunkCipher cipher) {
            this.file = file;
            this.cipher = cipher;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            size += length;
            int at = offset;
            int left = length;
            while (left > 0) {
                int taken = Math.min(left, ChunkCipher.CHUNK - filled);
                if (taken == ChunkCipher.CHUNK) {
                    seal(bytes, at, taken);
                } else {
                    System.arraycopy(bytes, at, plain, filled, taken);
                    filled += taken;
                    if (filled == ChunkCipher.CHUNK) {
                        sealFilled();
                    }
                }
                at += taken;
                left -= taken;
            }
        }

        private void sealFilled() throws IOException {
            seal(plain, 0, filled);
            filled = 0;
        }

        private void seal(byte[] bytes, int offset, int length) throws IOException {
            if (chunks % ROOM_EVERY == ROOM_EVERY - 1) {
                requireRoom();
            }
            file.write(sealed, 0, cipher.seal(chunks, bytes, offset, length, sealed));
            chunks++;
        }

        /**
         * Writes what remains and returns once all is on disk.
         *
         * @return the length in plain bytes
         */
        public long finish() throws IOException {
            if (filled > 0) {
                sealFilled();
            }
            Arrays.fill(plain, (byte) 0);
            file.finish();
            file.close();
            return size;
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(plain, (byte) 0);
            file.close();
        }
    }
}
