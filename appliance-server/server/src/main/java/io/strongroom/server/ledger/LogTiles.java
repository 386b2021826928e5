package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tile.Tile;
import io.strongroom.evidence.tile.TileBuilder;
import io.strongroom.evidence.tile.TileHashes;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.server.ledger.TileStore.FullTile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the committed entries and stores each hash tile as it becomes full.
 *
 * <p>Owned by the checkpointer's thread. A tile that could not be stored waits here and is tried again; a crash loses
 * nothing, since the next start builds the same tiles from the entries after the last checkpoint.
 */
final class LogTiles {
    private static final int FLUSH_TILES = 64;
    private static final int READ_ENTRIES = 4_096;

    private final TileStore store;
    private final CommittedTail tail;
    private final LedgerReader reader;
    private final TileBuilder builder;
    // Full, and not known to be in the store.
    private final List<FullTile> waiting;

    private LogTiles(
            TileStore store, CommittedTail tail, LedgerReader reader, TileBuilder builder, List<FullTile> waiting) {
        this.store = store;
        this.tail = tail;
        this.reader = reader;
        this.builder = builder;
        this.waiting = waiting;
    }

    /**
     * Goes on from a tree of {@code size} entries, all of whose full tiles are in the store.
     *
     * @throws IOException if a tile that its partial tiles are made of cannot be read
     */
    static LogTiles from(long size, TileStore store, CommittedTail tail, LedgerReader reader) throws IOException {
        Map<Integer, List<Digest>> edges = new HashMap<>();
        List<Digest> leaves = new ArrayList<>();
        reader.read(size & ~0xffL, size, false, row -> leaves.add(row.leaf()));
        edges.put(0, leaves);
        for (int level = 1; TilePath.hashesAt(level, size) > 0; level++) {
            long count = TilePath.hashesAt(level, size);
            List<TilePath> below = new ArrayList<>();
            for (long index = count & ~0xffL; index < count; index++) {
                below.add(TilePath.full(level - 1, index));
            }
            edges.put(level, store.get(below).stream().map(Tile::root).toList());
        }
        List<FullTile> waiting = new ArrayList<>();
        HashSource hashes =
                (level, index) -> edges.getOrDefault(level / 8, List.of()).get((int) (index & 0xff));
        TileBuilder builder = new TileBuilder((path, bytes) -> waiting.add(new FullTile(path, bytes)), hashes, size);
        return new LogTiles(store, tail, reader, builder, waiting);
    }

    long size() {
        return builder.size();
    }

    /** Goes on to {@code size}; all full tiles of that tree are durable when this returns. */
    void advance(long size) throws IOException {
        flush();
        while (builder.size() < size) {
            Optional<Group> recent = tail.group(builder.size());
            if (recent.isPresent()) {
                append(recent.get(), size);
            } else {
                long from = builder.size();
                reader.read(from, Math.min(size, from + READ_ENTRIES), false, row -> {
                    builder.append(row.leaf());
                    return true;
                });
            }
            if (waiting.size() >= FLUSH_TILES) {
                flush();
            }
        }
        flush();
    }

    private void append(Group group, long size) {
        int from = (int) (builder.size() - group.first());
        int to = (int) Math.min(group.count(), size - group.first());
        for (int i = from; i < to; i++) {
            builder.append(group.leaves(), i * Digest.BYTES);
        }
    }

    private void flush() throws IOException {
        if (!waiting.isEmpty()) {
            store.put(waiting);
            waiting.clear();
        }
    }

    /** The partial tile of each level; empty where it has none. */
    List<byte[]> partials() {
        List<byte[]> partials = new ArrayList<>();
        for (TilePath path : builder.partialPaths()) {
            while (partials.size() < path.level()) {
                partials.add(new byte[0]);
            }
            partials.add(builder.partialTile(path));
        }
        return partials;
    }

    /** The root as the tiles have it: the peaks of a tree lie in its partial tiles. */
    Digest root() {
        List<byte[]> partials = partials();
        HashSource hashes = new TileHashes(path -> partials.get(path.level()), size());
        return Frontier.of(hashes, size()).root();
    }
}
