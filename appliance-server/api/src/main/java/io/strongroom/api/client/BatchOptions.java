package io.strongroom.api.client;

import static java.util.Objects.requireNonNull;

/**
 * How a long run of records is cut into batches. A batch is held in memory until each of its lines is settled, so that
 * it can be repeated.
 *
 * @param maxLines at most this many lines a batch, 1 to 10,000
 * @param maxBytes at most this many bytes a batch before packing, unless a single line is longer
 * @param inFlight at most this many batches on their way at once; with 1, the ledger has the records in the order of
 *     the input
 * @param encoding how a batch is packed
 */
public record BatchOptions(int maxLines, int maxBytes, int inFlight, ContentEncoding encoding) {
    /** 1,000 lines or 4 MiB, two at once, zstd. */
    public static final BatchOptions DEFAULT = new BatchOptions(1_000, 4 * 1024 * 1024, 2, ContentEncoding.ZSTD);

    /** What the appliance takes at most. */
    public static final int LINES_LIMIT = 10_000;

    public BatchOptions {
        if (maxLines < 1 || maxLines > LINES_LIMIT) {
            throw new IllegalArgumentException("a batch has 1 to " + LINES_LIMIT + " lines, not " + maxLines);
        }
        if (maxBytes < 1 || inFlight < 1) {
            throw new IllegalArgumentException("a batch has at least one byte, and one batch is on its way");
        }
        requireNonNull(encoding, "encoding is null");
    }

    /** The same with another number of batches on their way at once. */
    public BatchOptions withInFlight(int batches) {
        return new BatchOptions(maxLines, maxBytes, batches, encoding);
    }

    /** The same with another packing. */
    public BatchOptions withEncoding(ContentEncoding packing) {
        return new BatchOptions(maxLines, maxBytes, inFlight, packing);
    }
}
