package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;

/**
 * Where the hashes of complete subtrees come from: tiles, a table, memory. Not trusted: a proof made from wrong
 * hashes does not verify.
 */
@FunctionalInterface
public interface HashSource {
    /**
     * The hash of the complete subtree over leaves {@code [index·2^level, (index+1)·2^level)}.
     *
     * @param level 0 for a leaf hash, at most 62
     * @param index counted from the left of that level
     * @throws IllegalArgumentException if the source has no such subtree
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    Digest hash(int level, long index);
}
