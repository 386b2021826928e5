package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Leaf and node hashes of RFC 9162 §2.1.1, written in place: no garbage for a hash.
 *
 * <p>Owned by one thread.
 */
public final class TreeHasher {
    private static final byte[] LEAF = {0};
    private static final byte NODE = 1;

    private final MessageDigest sha256 = Digest.sha256();

    // What a node's hash is of. Given to the digest as one: what it takes in pieces is slower to hash, and to compile.
    private final byte[] pair = new byte[1 + 2 * Digest.BYTES];

    /** Writes {@code SHA-256(0x00 ‖ data)} to {@code out[outOffset]}; {@code out} may be {@code data}. */
    public void leaf(byte[] data, int offset, int length, byte[] out, int outOffset) {
        sha256.update(LEAF, 0, LEAF.length);
        sha256.update(data, offset, length);
        finish(out, outOffset);
    }

    /** Writes {@code SHA-256(0x01 ‖ left ‖ right)} to {@code out[outOffset]}, which may overlap the two. */
    public void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
        pair[0] = NODE;
        System.arraycopy(left, leftOffset, pair, 1, Digest.BYTES);
        System.arraycopy(right, rightOffset, pair, 1 + Digest.BYTES, Digest.BYTES);
        sha256.update(pair, 0, pair.length);
        finish(out, outOffset);
    }

    /**
     * Hashes {@code count} neighbouring hashes up to the root of the complete subtree above them, in place: the root
     * ends at {@code hashes[offset]} and what follows it is overwritten.
     *
     * @param count a power of two
     */
    public void fold(byte[] hashes, int offset, int count) {
        for (int width = count; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                int pair = offset + 2 * i * Digest.BYTES;
                node(hashes, pair, hashes, pair + Digest.BYTES, hashes, offset + i * Digest.BYTES);
            }
        }
    }

    private void finish(byte[] out, int outOffset) {
        try {
            sha256.digest(out, outOffset, Digest.BYTES);
        } catch (DigestException e) {
            throw new IndexOutOfBoundsException("no room for a hash at " + outOffset + ": " + e.getMessage());
        }
    }
}
