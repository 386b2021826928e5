package io.strongroom.server.packs;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Packs that wait to be fetched, each in a file of its own, encrypted under a key that is not here. A pack whose file is
 * gone, after a restart on another machine say, is made again.
 */
final class Spool {
    private static final String SUFFIX = ".spool";

    private final Path folder;
    private final long floorBytes;

    /**
     * @param floorBytes free bytes of the file system that packs never touch
     * @throws IOException if the folder cannot be made
     */
    Spool(Path folder, long floorBytes) throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        this.floorBytes = floorBytes;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes every file that is not of a spool in {@code kept}. */
    void sweep(Set<String> kept) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(SUFFIX) || !kept.contains(name.substring(0, name.length() - SUFFIX.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** Throws if the disk has no room for more. */
    private void requireRoom() throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < floorBytes) {
            throw new SpoolFullException(
                    "the file system of " + folder + " has " + usable / (1 << 20) + " MiB left, and packs leave "
                            + floorBytes / (1 << 20) + " MiB free; make room or narrow the selection");
        }
    }

    /** Begins a pack's file; a file left from an attempt before is replaced. */
    Writing write(String name, byte[] key) throws IOException {
        requireRoom();
        delete(name);
        FileChannel channel = FileChannel.open(
                file(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Writing(channel, new SpoolCipher(key, name));
    }

    /**
     * A ready pack's bytes from {@code offset}; empty if its file is gone.
     *
     * @param size the pack's length
     */
    Optional<InputStream> read(String name, byte[] key, long size, long offset) throws IOException {
        try {
            FileChannel channel = FileChannel.open(file(name), StandardOpenOption.READ);
            return Optional.of(new Reading(channel, new SpoolCipher(key, name), size, offset));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A file in clear that lives as long as this is open; a sweep takes what a crash leaves. */
    Clear clear(InputStream content, long size) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() - size < floorBytes) {
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
    record Clear(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Takes the pack's plain bytes. {@link #finish} makes it durable; closed without that it is to be deleted. */
    final class Writing extends OutputStream {
        /** The disk's free space is looked at once in so many chunks. */
        private static final int ROOM_EVERY = 256;

        private final FileChannel channel;
        private final SpoolCipher cipher;
        private final MessageDigest sha256 = Digest.sha256();
        private final byte[] plain = new byte[SpoolCipher.CHUNK];
        private final byte[] sealed = new byte[SpoolCipher.CHUNK + SpoolCipher.TAG];
        private int filled;
        private long chunks;
        private long size;

        private Writing(FileChannel channel, SpoolCipher cipher) {
            this.channel = channel;
            this.cipher = cipher;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sha256.update(bytes, offset, length);
            size += length;
            int at = offset;
            int left = length;
            while (left > 0) {
                int taken = Math.min(left, plain.length - filled);
                System.arraycopy(bytes, at, plain, filled, taken);
                filled += taken;
                at += taken;
                left -= taken;
                if (filled == plain.length) {
                    seal();
                }
            }
        }

        private void seal() throws IOException {
            if (chunks % ROOM_EVERY == ROOM_EVERY - 1) {
                requireRoom();
            }
            ByteBuffer out = ByteBuffer.wrap(sealed, 0, cipher.seal(chunks, plain, filled, sealed));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            chunks++;
            filled = 0;
        }

        /** Writes what remains and returns once all is on disk. */
        Written finish() throws IOException {
            if (filled > 0) {
                seal();
            }
            Arrays.fill(plain, (byte) 0);
            channel.force(true);
            channel.close();
            return new Written(size, Digest.ofBytes(sha256.digest()));
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(plain, (byte) 0);
            channel.close();
        }
    }

    /** What a spool holds: the pack's length and digest. */
    record Written(long size, Digest sha256) {}

    private static final class Reading extends InputStream {
        private final FileChannel channel;
        private final SpoolCipher cipher;
        private final long size;
        private final byte[] plain = new byte[SpoolCipher.CHUNK];
        private final byte[] sealed = new byte[SpoolCipher.CHUNK + SpoolCipher.TAG];
        private long at;
        private long loaded = -1;
        private int length;

        Reading(FileChannel channel, SpoolCipher cipher, long size, long offset) {
            this.channel = channel;
            this.cipher = cipher;
            this.size = size;
            this.at = offset;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            if (at >= size) {
                return -1;
            }
            load(at / SpoolCipher.CHUNK);
            int within = (int) (at % SpoolCipher.CHUNK);
            int given = Math.min(count, length - within);
            System.arraycopy(plain, within, buffer, offset, given);
            at += given;
            return given;
        }

        private void load(long chunk) throws IOException {
            if (chunk == loaded) {
                return;
            }
            int expected = (int) Math.min(SpoolCipher.CHUNK, size - chunk * SpoolCipher.CHUNK);
            ByteBuffer in = ByteBuffer.wrap(sealed, 0, expected + SpoolCipher.TAG);
            long offset = SpoolCipher.offset(chunk);
            while (in.hasRemaining()) {
                int read = channel.read(in, offset + in.position());
                if (read < 0) {
                    throw new IOException("the spooled pack is cut off; cancel it and ask for it again");
                }
            }
            try {
                length = cipher.open(chunk, sealed, expected + SpoolCipher.TAG, plain);
                loaded = chunk;
            } catch (GeneralSecurityException e) {
                throw new IOException("the spooled pack was changed on disk; cancel it and ask for it again", e);
            }
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(plain, (byte) 0);
            channel.close();
        }
    }
}
