package io.strongroom.server.ledger;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one source's own numbers say about a day: how many records, the lowest and highest sequence, and which between
 * them are missing. Memory is bounded: at most {@link #MAX_GAPS} gaps are known, and it is said when there were more.
 */
final class SourceSequences {
    static final int MAX_GAPS = 256;

    private long count;
    private long lowest;
    private long highest;
    private boolean numbered;
    private boolean gapsComplete = true;
    // First missing sequence to last missing one; disjoint, strictly between lowest and highest.
    private final TreeMap<Long, Long> gaps = new TreeMap<>();

    void add() {
        count++;
    }

    void add(long sequence) {
        count++;
        if (!numbered) {
            numbered = true;
            lowest = sequence;
            highest = sequence;
        } else if (sequence > highest) {
            gap(highest + 1, sequence - 1);
            highest = sequence;
        } else if (sequence < lowest) {
            gap(sequence + 1, lowest - 1);
            lowest = sequence;
        } else {
            fill(sequence);
        }
    }

    private void gap(long from, long to) {
        if (from > to) {
            return;
        }
        if (gaps.size() < MAX_GAPS) {
            gaps.put(from, to);
        } else {
            gapsComplete = false;
        }
    }

    private void fill(long sequence) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(sequence);
        if (gap == null || gap.getValue() < sequence) {
            return;
        }
        gaps.remove(gap.getKey());
        gap(gap.getKey(), sequence - 1);
        gap(sequence + 1, gap.getValue());
    }

    long count() {
        return count;
    }

    /** Whether any record had a sequence; lowest and highest mean nothing otherwise. */
    boolean numbered() {
        return numbered;
    }

    long lowest() {
        return lowest;
    }

    long highest() {
        return highest;
    }

    /** The missing sequences, first to last of each gap, in order. */
    Map<Long, Long> gaps() {
        return gaps;
    }

    /** Whether {@link #gaps} are all there were. */
    boolean gapsComplete() {
        return gapsComplete;
    }

    void write(PackedBytes out) {
        out.varint(count).u8((numbered ? 1 : 0) | (gapsComplete ? 2 : 0));
        out.signed(lowest).signed(highest).varint(gaps.size());
        gaps.forEach((from, to) -> out.signed(from).varint(to - from));
    }

    static SourceSequences read(ByteBuffer in) {
        SourceSequences read = new SourceSequences();
        read.count = PackedBytes.varint(in);
        int flags = in.get();
        read.numbered = (flags & 1) != 0;
        read.gapsComplete = (flags & 2) != 0;
        read.lowest = PackedBytes.signed(in);
        read.highest = PackedBytes.signed(in);
        for (int left = PackedBytes.count(in, MAX_GAPS); left > 0; left--) {
            long from = PackedBytes.signed(in);
            read.gaps.put(from, from + PackedBytes.varint(in));
        }
        return read;
    }
}
