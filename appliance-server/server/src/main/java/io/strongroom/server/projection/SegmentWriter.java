package io.strongroom.server.projection;

import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Turns the tail's records, which are {@link Segment#SIZE} by now, into the rows of a segment.
 *
 * <p>A bucket's row holds, in the order of the terms: the step from the previous term's low bits, the number of postings
 * doubled (plus one where they are a bitmap), and the postings: steps between offsets, or a bitmap of
 * {@value Offsets#BYTES} bytes where that is shorter.
 */
final class SegmentWriter implements BucketTable.Rows {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final long firstSeq;
    private final long[] occurred = new long[Segment.SIZE];
    /** Term in the upper half, offset in the lower; in the order of the offsets until sorted. */
    private long[] postings;

    private int count;

    SegmentWriter(List<TailBatch> tail) {
        firstSeq = tail.getFirst().firstSeq();
        int terms = tail.stream().mapToInt(TailBatch::termCount).sum();
        postings = new long[terms];
        int offset = 0;
        for (TailBatch batch : tail) {
            for (int i = 0; i < batch.size(); i++, offset++) {
                occurred[offset] = batch.occurred(i);
                for (int t = batch.firstTerm(i); t < batch.firstTerm(i + 1); t++) {
                    postings[count++] = (long) batch.term(t) << 32 | offset;
                }
            }
        }
        if (offset != Segment.SIZE || firstSeq % Segment.SIZE != 0) {
            throw new IllegalStateException("a segment of " + offset + " records from " + firstSeq);
        }
    }

    Segment segment() {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (long time : occurred) {
            min = Math.min(min, time);
            max = Math.max(max, time);
        }
        return new Segment(firstSeq, min, max);
    }

    /** Each record's {@code occurredAt}, as steps. */
    byte[] occurred() {
        return OccurredTimes.encode(occurred);
    }

    @Override
    public void buckets(ObjIntConsumer<byte[]> sink) {
        sortByTerm();
        Varints row = new Varints(4096);
        int at = 0;
        while (at < count) {
            int bucket = Segment.bucket(term(at));
            row.clear();
            int previousLow = 0;
            while (at < count && Segment.bucket(term(at)) == bucket) {
                int end = at + 1;
                while (end < count && term(end) == term(at)) {
                    end++;
                }
                int low = Segment.low(term(at));
                row.put(low - previousLow);
                previousLow = low;
                putOffsets(row, at, end);
                at = end;
            }
            sink.accept(row.toBytes(), bucket);
        }
    }

    private void putOffsets(Varints row, int from, int to) {
        int postingCount = to - from;
        if (postingCount > Offsets.BYTES) {
            row.put((long) postingCount << 1 | 1);
            Offsets offsets = new Offsets();
            for (int i = from; i < to; i++) {
                offsets.add(offset(i));
            }
            row.put(offsets.toBytes());
            return;
        }
        row.put((long) postingCount << 1);
        int previous = 0;
        for (int i = from; i < to; i++) {
            row.put(offset(i) - previous);
            previous = offset(i);
        }
    }

    private int term(int index) {
        return (int) (postings[index] >>> 32);
    }

    private int offset(int index) {
        return (int) postings[index];
    }

    /** Radix sort, lowest digit first: stable, so each term's offsets stay in order. */
    private void sortByTerm() {
        long[] from = postings;
        long[] to = new long[count];
        for (int shift = 32; shift < Long.SIZE; shift += DIGIT_BITS) {
            int[] starts = new int[DIGITS];
            for (int i = 0; i < count; i++) {
                starts[(int) (from[i] >>> shift) & DIGITS - 1]++;
            }
            int sum = 0;
            for (int d = 0; d < DIGITS; d++) {
                int here = starts[d];
                starts[d] = sum;
                sum += here;
            }
            for (int i = 0; i < count; i++) {
                to[starts[(int) (from[i] >>> shift) & DIGITS - 1]++] = from[i];
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        postings = from;
    }
}
