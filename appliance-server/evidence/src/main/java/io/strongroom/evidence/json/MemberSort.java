package io.strongroom.evidence.json;

import java.util.Arrays;

/**
 * The members of the objects that are open, as spans of the output, and their sorting: a merge sort over indices, so
 * n log n whatever order they came in. Owned by one canonicaliser.
 */
final class MemberSort {
    private static final int INTS = 4;
    private static final int NAME_TO = 1;
    private static final int MEMBER_TO = 2;
    private static final int INPUT_AT = 3;

    // A stack: four numbers a member; those of an inner object stand above its outer object's and go when it closes.
    private int[] spans = new int[32 * INTS];
    private int count;

    private int[] order = new int[0];
    private int[] scratch = new int[0];
    private byte[] moved = new byte[0];

    int count() {
        return count;
    }

    void truncate(int newCount) {
        count = newCount;
    }

    /** Begins a member whose opening quote goes to {@code outputAt} and was read at {@code inputAt}. */
    void begin(int outputAt, int inputAt) {
        int at = count * INTS;
        if (at == spans.length) {
            spans = Arrays.copyOf(spans, 2 * spans.length);
        }
        spans[at] = outputAt;
        spans[at + INPUT_AT] = inputAt;
        count++;
    }

    void nameEnds(int member, int closingQuote) {
        spans[member * INTS + NAME_TO] = closingQuote;
    }

    void memberEnds(int member, int to) {
        spans[member * INTS + MEMBER_TO] = to;
    }

    int nameFrom(int member) {
        return spans[member * INTS] + 1;
    }

    int nameTo(int member) {
        return spans[member * INTS + NAME_TO];
    }

    int inputAt(int member) {
        return spans[member * INTS + INPUT_AT];
    }

    int compare(byte[] output, int a, int b) {
        return CanonicalNames.compare(output, nameFrom(a), nameTo(a), output, nameFrom(b), nameTo(b));
    }

    /**
     * Puts the members from {@code first} on into order, in place: they and their commas take the same room.
     *
     * @return a member whose name another has too, or −1 if the names are distinct; if not, nothing was moved
     */
    int sort(byte[] output, int first) {
        int n = count - first;
        sortOrder(output, first, n);
        for (int i = 1; i < n; i++) {
            if (compare(output, order[i - 1], order[i]) == 0) {
                return Math.max(order[i - 1], order[i]);
            }
        }
        int from = spans[first * INTS];
        int length = spans[(count - 1) * INTS + MEMBER_TO] - from;
        if (moved.length < length) {
            moved = new byte[Math.max(length, 2 * moved.length)];
        }
        int to = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                moved[to++] = ',';
            }
            int start = spans[order[i] * INTS];
            int size = spans[order[i] * INTS + MEMBER_TO] - start;
            System.arraycopy(output, start, moved, to, size);
            to += size;
        }
        System.arraycopy(moved, 0, output, from, length);
        return -1;
    }

    private void sortOrder(byte[] output, int first, int n) {
        if (order.length < n) {
            order = new int[Math.max(n, 2 * order.length)];
            scratch = new int[order.length];
        }
        for (int i = 0; i < n; i++) {
            order[i] = first + i;
        }
        for (int width = 1; width < n; width *= 2) {
            for (int left = 0; left < n; left += 2 * width) {
                merge(output, left, Math.min(left + width, n), Math.min(left + 2 * width, n));
            }
            int[] merged = scratch;
            scratch = order;
            order = merged;
        }
    }

    private void merge(byte[] output, int left, int middle, int right) {
        int i = left;
        int j = middle;
        for (int k = left; k < right; k++) {
            boolean takeLeft = j >= right || i < middle && compare(output, order[i], order[j]) <= 0;
            scratch[k] = takeLeft ? order[i++] : order[j++];
        }
    }
}
