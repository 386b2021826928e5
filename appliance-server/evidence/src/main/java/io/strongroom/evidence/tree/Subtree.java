package io.strongroom.evidence.tree;

/**
 * The leaves {@code [start, end)} of a tree, as draft-ietf-plants-merkle-tree-certs §4.1 allows a subtree:
 * {@code start} is a multiple of the smallest power of two that is not below {@code end − start}.
 *
 * @param start the first leaf
 * @param end the leaf after the last; an empty subtree, whose hash is {@link Rfc9162#EMPTY_ROOT}, is allowed
 */
public record Subtree(long start, long end) {
    /**
     * @throws IllegalArgumentException if it ends before it starts or is not aligned
     */
    public Subtree {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range of leaves: [" + start + ", " + end + ")");
        }
        long width = end - start;
        long ceiling = width <= 1 ? 1 : Rfc9162.split(width) << 1;
        if ((start & ceiling - 1) != 0) {
            throw new IllegalArgumentException(
                    "[" + start + ", " + end + ") is no subtree: its start is no multiple of " + ceiling);
        }
    }

    /** The index in this subtree of the leaf at {@code index} of the whole tree. */
    public long offsetOf(long index) {
        return index - start;
    }

    /** Number of leaves. */
    public long size() {
        return end - start;
    }
}
