package io.strongroom.api.client;

import io.strongroom.api.StoredObject;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Values that are too large for a record. Upload one first, then append the record with
 * {@link StoredObject#reference(String)} as an attribute.
 */
public final class Uploads {
    private static final String PATH = "/api/v1/audit/objects";
    private static final String OCTETS = "application/octet-stream";
    private static final int BUFFER_BYTES = 128 * 1024;

    /** The slowest line that an upload is waited for on, in bytes a second. */
    private static final long SLOWEST = 64 * 1024;

    private final Transport transport;

    Uploads(Transport transport) {
        this.transport = transport;
    }

    /**
     * Uploads a file as it is now, streamed. Repeated as the policy says, which is safe: the same bytes are the same
     * object. Needs the scope {@code ingest}.
     *
     * @throws UncheckedIOException if there is no such file, or it may not be read
     * @throws StrongroomException if it was refused, or not answered in the end
     */
    public StoredObject upload(Path file) {
        long length;
        try (InputStream there = open(file)) {
            length = Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return upload(length, () -> open(file));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UncheckedIOException unreadable(Path file, IOException e) {
        return new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }

    /**
     * Uploads a value, streamed, as above.
     *
     * @param length its bytes
     * @param content opens the same bytes each time it is asked, for each attempt anew
     */
    public StoredObject upload(long length, Supplier<InputStream> content) {
        AtomicReference<MessageDigest> sent = new AtomicReference<>(Digest.sha256());
        BodyPublisher streamed = BodyPublishers.ofInputStream(() -> {
            // One of its own for each attempt: the stream of one that was given up may still be read.
            MessageDigest sha256 = Digest.sha256();
            sent.set(sha256);
            return new DigestInputStream(content.get(), sha256);
        });
        StoredObject stored = transport.repeating(
                transport
                        .request(PATH)
                        .timeout(transport.timeout().plus(Duration.ofSeconds(length / SLOWEST)))
                        .header("Content-Type", OCTETS)
                        .POST(length == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(streamed, length))
                        .build(),
                answer -> StoredObject.fromJson(answer.object()));
        requireSame(Digest.ofBytes(sent.get().digest()).toString(), stored.digest());
        return stored;
    }

    /**
     * Reads a value. Needs the scope {@code read}, and a record that the caller may see and that refers to it.
     *
     * @param digest as the record refers to it, {@code sha256:…}
     * @param recordId of that record
     * @param target where the bytes go; not closed. What has been written there counts only if this returns
     * @throws UncheckedIOException if {@code target} does not take them
     */
    public void read(String digest, String recordId, OutputStream target) {
        String found = transport.once(
                transport
                        .request(PATH + "/" + Paths.segment(digest) + "?record=" + Paths.segment(recordId))
                        .setHeader("Accept", "*/*")
                        .GET()
                        .build(),
                answer -> copy(answer.body(), target));
        requireSame(digest, found);
    }

    private static String copy(InputStream body, OutputStream target) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            sha256.update(buffer, 0, read);
            write(target, buffer, read);
        }
        return Digest.ofBytes(sha256.digest()).toString();
    }

    /** What fails here must not look like a broken connection. */
    private static void write(OutputStream target, byte[] buffer, int length) {
        try {
            target.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException("the object cannot be written: " + e.getMessage(), e);
        }
    }

    private static void requireSame(String expected, String found) {
        if (!expected.equals(found)) {
            throw new StrongroomException.UnexpectedAnswer(
                    "the object did not arrive as it was sent: its digest is " + found + ", not " + expected, null);
        }
    }
}
