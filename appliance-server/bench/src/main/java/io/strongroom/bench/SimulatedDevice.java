package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.write.BatchSigner;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a device of a fleet has to send: small signed batches, one behind the other. For one thread. */
final class SimulatedDevice {
    static final String STREAM = "audit.logs";

    private static final int ZSTD_LEVEL = 1;
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EnrolledDevice device;
    private final BatchSigner signer;
    private final Epoch epoch;
    private Digest previous = Digest.ZERO;
    private long next;

    SimulatedDevice(EnrolledDevice device) {
        this.device = device;
        this.signer = BatchSigner.of(device.key().getPrivate(), device.key().getPublic());
        this.epoch = Epoch.ofBytes(random(16));
    }

    EnrolledDevice device() {
        return device;
    }

    private static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return drawn;
    }

    /** The next batch, signed; it must be acknowledged before another is asked for. */
    byte[] batch(int count) {
        long now = System.currentTimeMillis();
        String time = Rfc3339.format(now);
        List<byte[]> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(line(time, next + i));
        }
        BatchHead head = new BatchHead(
                new SourceId(device.id()),
                new StreamName(STREAM),
                now / 1_000,
                epoch,
                next,
                next + count - 1,
                previous,
                "bench",
                System.nanoTime() / 1_000_000,
                LineEncoding.ZSTD);
        byte[] cose = BatchWriter.sign(head, lines, signer);
        previous = Digest.of(cose);
        next += count;
        return BatchWriter.frame(cose, Zstd.compress(BatchWriter.join(lines), ZSTD_LEVEL));
    }

    private byte[] line(String time, long number) {
        String id = device.id();
        String salt = Base64.getUrlEncoder().withoutPadding().encodeToString(random(SALT_BYTES));
        return ("{\"action\":\"Log.Line\",\"actor\":{\"id\":\"" + id
                        + "\",\"type\":\"Device\"},\"attributes\":{\"file\":"
                        + "\"/var/log/syslog\",\"message\":\"kernel: usb 1-1: new high-speed USB device number "
                        + number
                        + " using xhci_hcd\"},\"occurredAt\":\"" + time + "\",\"resource\":{\"id\":\"" + id
                        + "\",\"type\":\"Device\"},\"salt\":\"" + salt + "\",\"source\":{\"id\":\"" + id
                        + "\"},\"stream\":\"" + STREAM + "\",\"tenantId\":\"" + Appliance.TENANT + "\"}")
                .getBytes(US_ASCII);
    }
}
