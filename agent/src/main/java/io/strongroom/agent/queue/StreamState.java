package io.strongroom.agent.queue;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far a stream has come. Written in the queue's folder, and again outside of it: where the second is ahead of the
 * first, the queue was set back.
 *
 * @param epoch the life of this queue, 32 hex digits
 * @param before the epoch before it; empty for the first
 * @param acknowledged the first sequence that is not acknowledged
 * @param cut the first sequence that is in no batch
 * @param last the digest of the newest batch that was cut
 */
record StreamState(String epoch, String before, long acknowledged, long cut, Digest last) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String UNKNOWN = "0".repeat(32);

    /** The beginning of an epoch that never was before. */
    static StreamState begin(String before) {
        byte[] epoch = new byte[16];
        RANDOM.nextBytes(epoch);
        return new StreamState(HexFormat.of().formatHex(epoch), before, 0, 0, Digest.ZERO);
    }

    /** Where no state could be read. */
    static StreamState unknown() {
        return new StreamState(UNKNOWN, "", 0, 0, Digest.ZERO);
    }

    /** Whether an epoch is this one, as far as that is known. */
    static boolean isSame(String epoch, String known) {
        return known.equals(UNKNOWN) || known.equals(epoch);
    }

    StreamState cut(CutBatch batch) {
        return new StreamState(epoch, before, acknowledged, batch.last() + 1, batch.digest());
    }

    StreamState acknowledged(CutBatch batch) {
        return new StreamState(epoch, before, batch.last() + 1, cut, last);
    }

    /** Whether this knows of a later time than the other, in the same life or one that the other does not know. */
    boolean isAheadOf(StreamState other) {
        return epoch.equals(other.epoch)
                ? cut > other.cut || acknowledged > other.acknowledged
                : !epoch.equals(other.before);
    }

    void write(Path file) throws IOException {
        DurableFile.write(
                file,
                Json.object()
                        .put("epoch", epoch)
                        .put("before", before)
                        .put("acknowledged", acknowledged)
                        .put("cut", cut)
                        .put("last", last.toString())
                        .build()
                        .bytes());
    }

    /** Empty if it is not there, or cannot be read. */
    static Optional<StreamState> read(Path file) {
        try {
            Json.Obj json = Json.parseObject(Files.readAllBytes(file));
            String epoch = json.text("epoch");
            if (HexFormat.of().parseHex(epoch).length != 16) {
                return Optional.empty();
            }
            return Optional.of(new StreamState(
                    epoch,
                    json.text("before"),
                    json.integer("acknowledged"),
                    json.integer("cut"),
                    Digest.parse(json.text("last"))));
        } catch (IOException | JsonException | JsonShapeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
