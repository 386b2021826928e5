package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The right edge of a growing tree: the hashes of the complete subtrees that its size's binary digits name, which is
 * all that appending and the root need. At most 63 hashes.
 *
 * <p>Owned by one thread.
 */
public final class Frontier {
    private final TreeHasher hasher = new TreeHasher();

    // Slot L holds the hash of a complete subtree of 2^L leaves exactly if bit L of size is set; other slots are
    // scratch.
    private final byte[] slots = new byte[(Rfc9162.MAX_LEVELS + 1) * Digest.BYTES];
    private long size;

    /** The frontier of the empty tree. */
    public Frontier() {}

    /**
     * The frontier of a tree of {@code size} leaves.
     *
     * @param peaks the hashes of its complete subtrees, the largest (leftmost) first
     * @throws IllegalArgumentException if there are not as many as {@code size} has binary ones
     */
    public static Frontier of(long size, List<Digest> peaks) {
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of size " + size + " has not " + peaks.size() + " complete subtrees on its edge");
        }
        Frontier frontier = new Frontier();
        frontier.size = size;
        int next = 0;
        for (int level = Rfc9162.MAX_LEVELS - 1; level >= 0; level--) {
            if ((size >>> level & 1) != 0) {
                peaks.get(next++).copyTo(frontier.slots, level * Digest.BYTES);
            }
        }
        return frontier;
    }

    /** The frontier of the first {@code size} leaves of {@code hashes}. */
    public static Frontier of(HashSource hashes, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        return of(size, peaks(hashes, size));
    }

    static List<Digest> peaks(HashSource hashes, long size) {
        Digest[] peaks = new Digest[Long.bitCount(size)];
        int next = 0;
        long from = 0;
        for (int level = Rfc9162.MAX_LEVELS - 1; level >= 0; level--) {
            if ((size >>> level & 1) != 0) {
                peaks[next++] = hashes.hash(level, from >>> level);
                from += 1L << level;
            }
        }
        return List.of(peaks);
    }

    /**
     * Reads the form of {@link #toBytes()}.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static Frontier ofBytes(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new IllegalArgumentException("a frontier has at least 8 bytes, not " + bytes.length);
        }
        long size = ByteBuffer.wrap(bytes).getLong();
        if (size < 0 || bytes.length != Long.BYTES + Long.bitCount(size) * Digest.BYTES) {
            throw new IllegalArgumentException("a frontier of size " + size + " has not " + bytes.length + " bytes");
        }
        Digest[] peaks = new Digest[Long.bitCount(size)];
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] = Digest.ofBytes(bytes, Long.BYTES + i * Digest.BYTES);
        }
        return of(size, List.of(peaks));
    }

    /** The size as 8 bytes, big-endian, then the hashes, largest subtree first. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Long.bitCount(size) * Digest.BYTES);
        bytes.putLong(size);
        for (int level = Rfc9162.MAX_LEVELS - 1; level >= 0; level--) {
            if ((size >>> level & 1) != 0) {
                bytes.put(slots, level * Digest.BYTES, Digest.BYTES);
            }
        }
        return bytes.array();
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Appends a leaf hash. */
    public void append(Digest leaf) {
        leaf.copyTo(slots, Rfc9162.MAX_LEVELS * Digest.BYTES);
        merge(0, slots, Rfc9162.MAX_LEVELS * Digest.BYTES);
    }

    /** Appends the leaf hash at {@code leaves[offset]}. */
    public void append(byte[] leaves, int offset) {
        Objects.checkFromIndexSize(offset, Digest.BYTES, leaves.length);
        merge(0, leaves, offset);
    }

    /**
     * Appends {@code count} leaf hashes that stand one after the other.
     *
     * @throws IndexOutOfBoundsException if there are fewer; nothing is appended then
     */
    public void appendAll(byte[] leaves, int offset, int count) {
        Objects.checkFromIndexSize(offset, Math.multiplyExact(count, Digest.BYTES), leaves.length);
        for (int i = 0; i < count; i++) {
            merge(0, leaves, offset + i * Digest.BYTES);
        }
    }

    /**
     * Appends a complete subtree of {@code 2^level} leaves by its hash.
     *
     * @throws IllegalArgumentException if the size is no multiple of {@code 2^level}
     */
    public void appendSubtree(int level, Digest hash) {
        if (level < 0 || level >= Rfc9162.MAX_LEVELS || (size & (1L << level) - 1) != 0) {
            throw new IllegalArgumentException("no subtree of level " + level + " can follow " + size + " leaves");
        }
        hash.copyTo(slots, Rfc9162.MAX_LEVELS * Digest.BYTES);
        merge(level, slots, Rfc9162.MAX_LEVELS * Digest.BYTES);
    }

    private void merge(int level, byte[] hash, int offset) {
        long grown = Math.addExact(size, 1L << level);
        int target = level;
        if ((size >>> target & 1) == 0) {
            System.arraycopy(hash, offset, slots, target * Digest.BYTES, Digest.BYTES);
        } else {
            // The carry of a binary counter: each full slot is merged with what arrives from below.
            byte[] right = hash;
            int rightOffset = offset;
            while ((size >>> target & 1) != 0) {
                int above = (target + 1) * Digest.BYTES;
                // When the slot above is full too, its left half must survive: merge into the slot below it, which
                // is free from now on.
                int out = (size >>> target + 1 & 1) != 0 ? target * Digest.BYTES : above;
                hasher.node(slots, target * Digest.BYTES, right, rightOffset, slots, out);
                right = slots;
                rightOffset = out;
                target++;
            }
        }
        size = grown;
    }

    /** The root of the tree so far; {@link Rfc9162#EMPTY_ROOT} while it is empty. */
    public Digest root() {
        if (size == 0) {
            return Rfc9162.EMPTY_ROOT;
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] root = Arrays.copyOfRange(slots, level * Digest.BYTES, (level + 1) * Digest.BYTES);
        for (level++; level < Rfc9162.MAX_LEVELS; level++) {
            if ((size >>> level & 1) != 0) {
                hasher.node(slots, level * Digest.BYTES, root, 0, root, 0);
            }
        }
        return Digest.ofBytes(root);
    }

    /** A frontier of the same tree that grows on its own. */
    public Frontier copy() {
        Frontier copy = new Frontier();
        System.arraycopy(slots, 0, copy.slots, 0, slots.length);
        copy.size = size;
        return copy;
    }
}
