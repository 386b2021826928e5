package io.strongroom.evidence.tile;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.TreeHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Grows the tiles of a tree, leaf by leaf, and gives each full tile of every level as it completes, lower levels
 * first. The same leaves give the same tiles in the same order.
 *
 * <p>Owned by one thread. Between leaves it holds exactly the partial tiles of its size.
 */
public final class TileBuilder {
    /** Takes a full tile, once. */
    @FunctionalInterface
    public interface FullTiles {
        /**
         * Takes a full tile. If it throws, the builder must not be used again.
         *
         * @param bytes 8,192 bytes, the receiver's to keep
         */
        void accept(TilePath path, byte[] bytes);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final FullTiles fullTiles;

    // The partial tile of each level, as wide as the size says; what lies beyond that width is scratch.
    private final List<byte[]> partial = new ArrayList<>();
    private long size;

    /** A builder for the empty tree. */
    public TileBuilder(FullTiles fullTiles) {
        this.fullTiles = fullTiles;
    }

    /**
     * A builder that goes on from a tree of {@code size} leaves, whose partial tiles are made from {@code hashes}. Full
     * tiles of that tree are not given again.
     */
    public TileBuilder(FullTiles fullTiles, HashSource hashes, long size) {
        this(fullTiles);
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        this.size = size;
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
            byte[] tile = partial(level);
            long count = TilePath.hashesAt(level, size);
            long first = count & ~0xffL;
            for (int i = 0; i < count - first; i++) {
                hashes.hash(8 * level, first + i).copyTo(tile, i * Digest.BYTES);
            }
        }
    }

    private byte[] partial(int level) {
        while (partial.size() <= level) {
            partial.add(new byte[Tile.FULL_BYTES]);
        }
        return partial.get(level);
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Appends a leaf hash. */
    public void append(Digest leaf) {
        append(leaf.bytes(), 0);
    }

    /** Appends the leaf hash at {@code leaves[offset]}. */
    public void append(byte[] leaves, int offset) {
        Objects.checkFromIndexSize(offset, Digest.BYTES, leaves.length);
        long index = size;
        size = Math.addExact(size, 1);
        byte[] hash = leaves;
        int at = offset;
        for (int level = 0; ; level++) {
            byte[] tile = partial(level);
            int slot = (int) (index & 0xff);
            System.arraycopy(hash, at, tile, slot * Digest.BYTES, Digest.BYTES);
            if (slot != Tile.FULL_WIDTH - 1) {
                return;
            }
            index >>>= 8;
            fullTiles.accept(TilePath.full(level, index), tile.clone());
            hasher.fold(tile, 0, Tile.FULL_WIDTH);
            hash = tile;
            at = 0;
        }
    }

    /** The partial tiles of the tree so far, lowest level first. */
    public List<TilePath> partialPaths() {
        List<TilePath> paths = new ArrayList<>();
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
            long count = TilePath.hashesAt(level, size);
            if ((count & 0xff) != 0) {
                paths.add(new TilePath(level, count >>> 8, (int) (count & 0xff)));
            }
        }
        return paths;
    }

    /**
     * The bytes of one of the {@link #partialPaths()}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public byte[] partialTile(TilePath path) {
        if (!partialPaths().contains(path)) {
            throw new IllegalArgumentException(path + " is no partial tile of size " + size);
        }
        return Arrays.copyOf(partial.get(path.level()), path.width() * Digest.BYTES);
    }
}
