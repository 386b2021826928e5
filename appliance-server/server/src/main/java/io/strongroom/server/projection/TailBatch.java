package io.strongroom.server.projection;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Consecutive records at the timeline's end that are no segment yet, each with its time and its terms.
 *
 * <p>Immutable. Stored as one row; joined with its neighbours as they grow, so that the tail stays a few rows.
 */
final class TailBatch {
    private final long firstSeq;
    private final long[] occurred;
    /** Where the terms of each record begin in {@link #terms}; one more at the end. */
    private final int[] starts;

    private final int[] terms;

    private TailBatch(long firstSeq, long[] occurred, int[] starts, int[] terms) {
        this.firstSeq = firstSeq;
        this.occurred = occurred;
        this.starts = starts;
        this.terms = terms;
    }

    /** Takes over the arrays, which must not change any more. */
    static TailBatch of(long firstSeq, long[] occurred, int[] starts, int[] terms) {
        if (starts.length != occurred.length + 1 || starts[occurred.length] != terms.length) {
            throw new IllegalArgumentException("starts do not fit");
        }
        return new TailBatch(firstSeq, occurred, starts, terms);
    }

    /** This batch and the one that follows it. */
    TailBatch join(TailBatch next) {
        if (next.firstSeq != endSeq()) {
            throw new IllegalArgumentException("a batch from " + next.firstSeq + " does not follow " + endSeq());
        }
        long[] allOccurred = Arrays.copyOf(occurred, size() + next.size());
        System.arraycopy(next.occurred, 0, allOccurred, size(), next.size());
        int[] allTerms = Arrays.copyOf(terms, terms.length + next.terms.length);
        System.arraycopy(next.terms, 0, allTerms, terms.length, next.terms.length);
        int[] allStarts = Arrays.copyOf(starts, allOccurred.length + 1);
        for (int i = 0; i <= next.size(); i++) {
            allStarts[size() + i] = terms.length + next.starts[i];
        }
        return new TailBatch(firstSeq, allOccurred, allStarts, allTerms);
    }

    static TailBatch parse(long firstSeq, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int size = in.getInt();
        long[] occurred = new long[size];
        int[] starts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            occurred[i] = in.getLong();
        }
        for (int i = 0; i < size; i++) {
            starts[i + 1] = starts[i] + in.getShort();
        }
        int[] terms = new int[starts[size]];
        in.asIntBuffer().get(terms);
        return new TailBatch(firstSeq, occurred, starts, terms);
    }

    byte[] toBytes() {
        ByteBuffer out =
                ByteBuffer.allocate(Integer.BYTES + size() * (Long.BYTES + Short.BYTES) + terms.length * Integer.BYTES);
        out.putInt(size());
        for (long time : occurred) {
            out.putLong(time);
        }
        for (int i = 0; i < size(); i++) {
            out.putShort((short) (starts[i + 1] - starts[i]));
        }
        out.asIntBuffer().put(terms);
        return out.array();
    }

    long firstSeq() {
        return firstSeq;
    }

    long endSeq() {
        return firstSeq + occurred.length;
    }

    int size() {
        return occurred.length;
    }

    int termCount() {
        return terms.length;
    }

    long occurred(int index) {
        return occurred[index];
    }

    int firstTerm(int index) {
        return starts[index];
    }

    int term(int index) {
        return terms[index];
    }

    /** Adds the offsets, counted from {@code base}, of the records that have {@code term}. */
    void collect(int term, long base, Offsets into) {
        int shift = (int) (firstSeq - base);
        for (int i = 0; i < occurred.length; i++) {
            for (int t = starts[i]; t < starts[i + 1]; t++) {
                if (terms[t] == term) {
                    into.add(shift + i);
                    break;
                }
            }
        }
    }
}
