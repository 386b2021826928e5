package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tile.TileHashes;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tile.TileSource;
import io.strongroom.evidence.tree.HashSource;
import java.util.Arrays;
import java.util.List;

/**
 * The log as of a checkpoint: full tiles from the store, partial ones from memory.
 *
 * @param checkpoint the newest
 * @param partials the partial tile of each level at its size, empty where the level has none; never changed
 * @param full the store of full tiles, which has all that the checkpoint covers
 */
record PublishedLog(StoredCheckpoint checkpoint, List<byte[]> partials, TileSource full) implements TileSource {

    /**
     * A hash tile; a partial one may be narrower than it is by now.
     *
     * @throws IllegalArgumentException if the checkpoint's tree has no such tile
     */
    @Override
    public byte[] tile(TilePath path) {
        int width =
                path.level() == TilePath.ENTRIES ? 0 : TilePath.widthAt(path.level(), path.index(), checkpoint.size());
        if (path.width() > width) {
            throw new IllegalArgumentException("a log of size " + checkpoint.size() + " has no " + path);
        }
        byte[] bytes = width == TilePath.FULL_WIDTH
                ? full.tile(TilePath.full(path.level(), path.index()))
                : partials.get(path.level());
        int length = path.width() * Digest.BYTES;
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /**
     * The hashes of the tree of the first {@code size} entries; for one thread.
     *
     * @throws IllegalArgumentException if the checkpoint does not cover them
     */
    HashSource hashes(long size) {
        if (size < 0 || size > checkpoint.size()) {
            throw new IllegalArgumentException(
                    "the newest checkpoint covers " + checkpoint.size() + " entries, not " + size);
        }
        return new TileHashes(this, size);
    }
}
