package io.strongroom.server.mqtt;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchFrame;
import java.util.Optional;

/**
 * A message that a device published, of quality of service 1.
 *
 * @param packetId by which it is acknowledged
 * @param duplicate whether the device says that it may have sent it before
 */
@SuppressWarnings("ArrayRecordComponent")
record Upward(int packetId, boolean duplicate, StreamName stream, byte[] payload) {
    /** Stands for the stream where the message tells what came of a command. */
    static final StreamName OUTCOMES = new StreamName("system.commands");

    /** Whether it tells what came of a command. */
    boolean isOutcome() {
        return stream.equals(OUTCOMES);
    }

    /** Whether it is settled by itself. */
    boolean isAlone() {
        return isOutcome() || isBatch();
    }

    /** Whether it is a batch, which begins with its length, under 16 MiB; JSON never begins with a zero byte. */
    boolean isBatch() {
        return payload.length > 0 && payload[0] == 0;
    }

    /** The digest of the batch's COSE bytes; empty if there are none to be found. */
    Optional<Digest> batchDigest() {
        try {
            return Optional.of(Digest.of(BatchFrame.parse(payload).cose()));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }
}
