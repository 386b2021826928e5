package io.strongroom.evidence.tile;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.HashSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a tree of {@code size} leaves out of its tiles. Keeps the tiles used last.
 *
 * <p>For one thread.
 */
public final class TileHashes implements HashSource {
    private static final int KEPT_TILES = 64;
    private static final int TILE_HEIGHT = 8;

    private final TileSource source;
    private final long size;
    private final Map<TilePath, Tile> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, Tile> eldest) {
            return size() > KEPT_TILES;
        }
    };

    /**
     * @param source of the tiles
     * @param size leaves in the tree, which says how wide its last tiles are
     */
    public TileHashes(TileSource source, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        this.source = source;
        this.size = size;
    }

    @Override
    public Digest hash(int level, long index) {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0 || index >= size >>> level) {
            throw new IllegalArgumentException(
                    "a tree of size " + size + " has no complete subtree " + index + " at level " + level);
        }
        int tileLevel = level / TILE_HEIGHT;
        int height = level % TILE_HEIGHT;
        long firstHash = index << height;
        long tileIndex = firstHash >>> TILE_HEIGHT;
        return tile(tileLevel, tileIndex).subtree((int) (firstHash & 0xff), height);
    }

    private Tile tile(int level, long index) {
        TilePath path = new TilePath(level, index, TilePath.widthAt(level, index, size));
        Tile tile = kept.get(path);
        if (tile == null) {
            byte[] bytes = source.tile(path);
            int needed = path.width() * Digest.BYTES;
            if (bytes.length < needed || bytes.length > Tile.FULL_BYTES || bytes.length % Digest.BYTES != 0) {
                throw new IllegalArgumentException(path + " must have " + needed + " bytes, not " + bytes.length);
            }
            tile = Tile.ofBytes(bytes, 0, needed);
            kept.put(path, tile);
        }
        return tile;
    }
}
