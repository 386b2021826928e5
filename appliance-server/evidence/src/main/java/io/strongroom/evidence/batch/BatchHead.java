package io.strongroom.evidence.batch;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;

/**
 * What a device says of a batch, under its signature (formats §6).
 *
 * @param device the device; its lines' records name it as their source
 * @param stream the stream of all its lines
 * @param sentAt when the device cut the batch, by its own clock: seconds since 1970
 * @param epoch the life of the queue in which the sequences count
 * @param first sequence of the first line
 * @param last sequence of the last line; each line has one, without a hole
 * @param previous digest of the COSE bytes of the batch before it in the stream and epoch; zeros for the first
 * @param boot the device's boot id: 1–64 of {@code a-z 0-9 . _ -}
 * @param monotonicMillis milliseconds since that boot
 * @param encoding how the lines travel
 */
public record BatchHead(
        SourceId device,
        StreamName stream,
        long sentAt,
        Epoch epoch,
        long first,
        long last,
        Digest previous,
        String boot,
        long monotonicMillis,
        LineEncoding encoding) {

    /**
     * @throws IllegalArgumentException if a number is out of its range, or the boot id breaks its rule
     */
    public BatchHead {
        if (first < 0 || last < first || last > BatchLayout.MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "sequences count from 0 to " + BatchLayout.MAX_SEQUENCE + ", not from " + first + " to " + last);
        }
        if (last - first >= BatchLayout.MOST_LINES) {
            throw new IllegalArgumentException("a batch has at most " + BatchLayout.MOST_LINES + " lines");
        }
        if (sentAt < 0 || monotonicMillis < 0) {
            throw new IllegalArgumentException("a time is negative");
        }
        if (!StreamName.is(boot)) {
            throw new IllegalArgumentException("a boot id must be 1 to 64 of a-z 0-9 . _ -");
        }
    }

    /** How many lines it has. */
    public int lines() {
        return (int) (last - first) + 1;
    }
}
