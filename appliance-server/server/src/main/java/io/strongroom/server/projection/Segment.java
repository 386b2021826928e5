package io.strongroom.server.projection;

/**
 * The layout of the inverted index: {@value #SIZE} consecutive records make a segment, and each segment's postings are
 * spread over {@value #BUCKETS} rows by the upper bits of the term, so that a look-up reads one short row of each segment.
 *
 * @param firstSeq a multiple of {@link #SIZE}
 * @param minOccurred the earliest {@code occurredAt}, epoch milliseconds
 * @param maxOccurred the latest {@code occurredAt}, epoch milliseconds
 */
record Segment(long firstSeq, long minOccurred, long maxOccurred) {
    static final int SIZE = 1 << 14;
    static final int BUCKET_BITS = 10;
    static final int BUCKETS = 1 << BUCKET_BITS;
    private static final int LOW_BITS = Integer.SIZE - BUCKET_BITS;

    static int bucket(int term) {
        return term >>> LOW_BITS;
    }

    /** What tells a term from the others in its bucket. */
    static int low(int term) {
        return term & (1 << LOW_BITS) - 1;
    }

    static long firstSeqOf(long seq) {
        return seq & -SIZE;
    }

    /** One past its last seq. */
    long endSeq() {
        return firstSeq + SIZE;
    }
}
