package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.write.BatchSigner;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A device that enrolled, and sends signed batches one after the other, as an agent does. */
final class BenchDevice implements HttpSender.Requests {
    private static final String BATCHES = "/api/v1/device/batches";
    private static final int ZSTD_LEVEL = 1;
    private static final int OK = 200;

    private final URI url;
    private final String id;
    private final SSLContext tls;
    private final int count;
    private final BatchSigner signer;
    private final Epoch epoch;
    private final DeviceLines lines;
    private Digest previous = Digest.ZERO;
    private Digest sent = Digest.ZERO;
    private long next;

    /**
     * @param url of devices' port
     * @param count how many lines each batch has
     * @param bytes about how many each line has
     */
    BenchDevice(URI url, EnrolledDevice device, int count, int bytes) throws GeneralSecurityException, IOException {
        this.url = url;
        this.id = device.id();
        this.tls = device.tls();
        this.count = count;
        this.signer = BatchSigner.of(device.key().getPrivate(), device.key().getPublic());
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.epoch = Epoch.ofBytes(random);
        this.lines = new DeviceLines(id.hashCode(), id, bytes);
    }

    URI url() {
        return url;
    }

    SSLContext tls() {
        return tls;
    }

    @Override
    public ByteBuf next() {
        List<byte[]> some = lines.next(count);
        BatchHead head = new BatchHead(
                new SourceId(id),
                new StreamName(DeviceLines.STREAM),
                System.currentTimeMillis() / 1_000,
                epoch,
                next,
                next + count - 1,
                previous,
                "bench",
                System.nanoTime() / 1_000_000,
                LineEncoding.ZSTD);
        byte[] cose = BatchWriter.sign(head, some, signer);
        sent = Digest.of(cose);
        byte[] frame = BatchWriter.frame(cose, Zstd.compress(BatchWriter.join(some), ZSTD_LEVEL));
        String first = "POST " + BATCHES + " HTTP/1.1\r\nHost: " + url.getHost() + "\r\nContent-Type: "
                + BatchLayout.MEDIA_TYPE + "\r\nContent-Length: " + frame.length + "\r\n\r\n";
        return Unpooled.buffer(first.length() + frame.length)
                .writeBytes(first.getBytes(US_ASCII))
                .writeBytes(frame);
    }

    @Override
    public int acknowledged(int status, ByteBuf body) {
        String answer = body.toString(UTF_8);
        if (status != OK
                || !Json.parseObject(answer.getBytes(UTF_8))
                        .objects("rejected", each -> each)
                        .isEmpty()) {
            throw new IllegalStateException("answered " + status + ": " + answer);
        }
        previous = sent;
        next += count;
        return count;
    }
}
