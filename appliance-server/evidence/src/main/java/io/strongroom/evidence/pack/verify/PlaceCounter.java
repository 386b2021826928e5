package io.strongroom.evidence.pack.verify;

import java.util.ArrayList;
import java.util.List;

/** Gathers places into ranges, in memory that does not grow with their number. */
final class PlaceCounter {
    private static final int MOST_RANGES = 1_000;

    private final List<PackFacts.Range> ranges = new ArrayList<>();
    private long count;
    private boolean more;
    private long first = -1;
    private long last = -2;

    /** Adds the places from {@code from} to {@code to}, exclusive, which follow all before. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        count += to - from;
        if (from != last + 1) {
            close();
            first = from;
        }
        last = to - 1;
    }

    private void close() {
        if (first >= 0) {
            if (ranges.size() < MOST_RANGES) {
                ranges.add(new PackFacts.Range(first, last));
            } else {
                more = true;
            }
        }
    }

    PackFacts.Places places() {
        close();
        first = -1;
        return new PackFacts.Places(count, List.copyOf(ranges), more);
    }
}
