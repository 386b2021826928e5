package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/** A device that enrolled, and sends signed batches one after the other, as an agent does. */
final class BenchDevice implements AutoCloseable {
    private static final String BATCHES = "/api/v1/device/batches";
    private static final int ZSTD_LEVEL = 1;

    private final URI url;
    private final String id;
    private final BatchSigner signer;
    private final HttpClient http;
    private final Epoch epoch;
    private final DeviceLines lines;
    private Digest previous = Digest.ZERO;
    private long next;

    /** @param bytes about how many a line has */
    BenchDevice(URI url, EnrolledDevice device, int bytes) throws GeneralSecurityException, IOException {
        this.url = url;
        this.id = device.id();
        this.signer = BatchSigner.of(device.key().getPrivate(), device.key().getPublic());
        this.http = HttpClient.newBuilder().sslContext(device.tls()).build();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.epoch = Epoch.ofBytes(random);
        this.lines = new DeviceLines(id.hashCode(), id, bytes);
    }

    /**
     * Signs and sends the next batch.
     *
     * @return how many of its lines became records
     */
    int send(int count) throws IOException, InterruptedException {
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
        byte[] frame = BatchWriter.frame(cose, Zstd.compress(BatchWriter.join(some), ZSTD_LEVEL));
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(url.resolve(BATCHES))
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(BodyPublishers.ofByteArray(frame))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode() + ": " + new String(answer.body(), US_ASCII));
        }
        int rejected = Json.parseObject(answer.body())
                .objects("rejected", each -> each)
                .size();
        previous = Digest.of(cose);
        next += count;
        return count - rejected;
    }

    @Override
    public void close() {
        http.close();
    }
}
