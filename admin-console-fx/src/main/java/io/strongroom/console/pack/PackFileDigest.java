package io.strongroom.console.pack;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The file that a pack came in.
 *
 * @param bytes how long it is
 * @param digest of all of it; null for a pack that is unpacked, which is no one file
 */
record PackFileDigest(Path file, long bytes, @Nullable Digest digest) {
    private static final int CHUNK = 256 * 1024;

    /** Reads all of it. Interrupting the thread ends that. */
    static PackFileDigest of(Path file, DoubleConsumer progress) throws IOException {
        if (Files.isDirectory(file)) {
            return new PackFileDigest(file, 0, null);
        }
        long size = Files.size(file);
        MessageDigest digest = Digest.sha256();
        byte[] chunk = new byte[CHUNK];
        long read = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("reading the file was interrupted");
                }
                digest.update(chunk, 0, got);
                read += got;
                progress.accept(Math.min(1, read / (double) Math.max(1, size)));
            }
        }
        return new PackFileDigest(file, read, Digest.ofBytes(digest.digest()));
    }
}
