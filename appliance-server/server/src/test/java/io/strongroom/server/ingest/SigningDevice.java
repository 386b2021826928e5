package io.strongroom.server.ingest;

import com.github.luben.zstd.Zstd;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.write.BatchSigner;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;

/** A device that signs batches, and counts its stream's sequences and digests as an agent does. */
public final class SigningDevice {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final KeyPair keys;
    private final String stream;
    private Epoch epoch = epoch();
    private long next;
    private Digest previous = Digest.ZERO;
    private LineEncoding encoding = LineEncoding.NONE;
    private long sentAt = 1_795_222_923L;

    public SigningDevice(String id, KeyPair keys) {
        this(id, keys, "audit.host");
    }

    /** One that sends in this stream. */
    public SigningDevice(String id, KeyPair keys, String stream) {
        this.id = id;
        this.keys = keys;
        this.stream = stream;
    }

    /** A new key on P-256. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Epoch epoch() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Epoch.ofBytes(bytes);
    }

    /** A batch as it travels. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sent(byte[] frame, Digest digest, long first, long last) {}

    public KeyPair keys() {
        return keys;
    }

    /** Sends its lines compressed from now on. */
    public SigningDevice compressing() {
        encoding = LineEncoding.ZSTD;
        return this;
    }

    /** Says from now on that it signs at this time, in seconds since 1970. */
    SigningDevice signingAt(long seconds) {
        sentAt = seconds;
        return this;
    }

    /** The next batch, of good lines. */
    public Sent batch(int lines) {
        return batch(LongStream.range(next, next + lines).mapToObj(this::line).toList());
    }

    /** The next batch, of these lines. */
    public Sent batch(List<String> lines) {
        Sent sent = sign(lines, next, previous);
        next = sent.last() + 1;
        previous = sent.digest();
        return sent;
    }

    /** A batch that the device does not remember. */
    public Sent sign(List<String> lines, long first, Digest before) {
        List<byte[]> bytes = lines.stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        BatchHead head = new BatchHead(
                new SourceId(id),
                new StreamName(stream),
                sentAt,
                epoch,
                first,
                first + lines.size() - 1,
                before,
                "boot-1",
                4711,
                encoding);
        byte[] cose = BatchWriter.sign(head, bytes, BatchSigner.of(keys.getPrivate(), keys.getPublic()));
        byte[] joined = BatchWriter.join(bytes);
        byte[] encoded = encoding == LineEncoding.ZSTD ? Zstd.compress(joined) : joined;
        return new Sent(BatchWriter.frame(cose, encoded), Digest.of(cose), first, head.last());
    }

    /** Loses lines that were in no batch yet, and begins the next batch with what says so. */
    public Sent batchAfterGap(int lost) {
        return batchAfterGap(lost, "\"cause\":\"evicted\"");
    }

    /** The same, with members of its own beside those that say which lines. */
    public Sent batchAfterGap(int lost, String members) {
        long from = next;
        next += lost;
        return batch(List.of(notice(members + ",\"first\":" + from + ",\"last\":" + (next - 1))));
    }

    /** The line that says what is lost, with these attributes. */
    public String notice(String members) {
        return line(next)
                .replace("\"action\":\"Process.Exited\"", "\"action\":\"agent.gap\"")
                .replace("{\"n\":" + next + "}", "{" + members + "}");
    }

    /** Creates its queue anew. */
    public void newEpoch() {
        epoch = epoch();
        next = 0;
        previous = Digest.ZERO;
    }

    public Epoch currentEpoch() {
        return epoch;
    }

    public Digest previous() {
        return previous;
    }

    /** A good line. */
    public String line(long number) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return "{\"tenantId\":\"acme\",\"stream\":\"" + stream + "\",\"source\":{\"id\":\"" + id + "\"},"
                + "\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Process.Exited\","
                + "\"actor\":{\"type\":\"Device\",\"id\":\"" + id + "\"},"
                + "\"resource\":{\"type\":\"Process\",\"id\":\"p\"},\"attributes\":{\"n\":" + number + "},"
                + "\"salt\":\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(salt) + "\"}";
    }
}
