package io.strongroom.server.telemetry.health;

import io.strongroom.evidence.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One measure of one device, as it stands in one place of its records: who may see that field there may see the series.
 *
 * @param metric the measure's OpenTelemetry name; where there are several, its part follows in brackets, e.g. {@code
 *     system.filesystem.utilization[/var]}
 * @param pointer where in the record it stands
 */
public record Series(String device, String metric, String stream, String pointer) {

    /**
     * The number under which it stands in the tables: the first 64 bits of SHA-256, so that nobody has to look it up. Another
     * device's series is not met by less than 2^64 tries.
     */
    long id() {
        String all = String.join("\n", device, stream, pointer, metric);
        return ByteBuffer.wrap(Digest.of(all.getBytes(StandardCharsets.UTF_8)).bytes())
                .getLong();
    }
}
