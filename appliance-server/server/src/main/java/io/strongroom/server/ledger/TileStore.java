package io.strongroom.server.ledger;

import io.strongroom.evidence.tile.Tile;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tile.TileSource;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Full hash tiles as objects that never change (formats §5, Log). Any thread; keeps the tiles used last.
 *
 * <p>An object store may be far away: several tiles go at once.
 */
final class TileStore implements TileSource, AutoCloseable {
    private static final String PREFIX = "log/";
    private static final int KEPT_TILES = 256;
    private static final int AT_ONCE = 8;

    private final ObjectStore objects;
    private final ExecutorService calls = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("tile-", 0).factory());

    // Guarded by itself.
    private final Map<TilePath, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, byte[]> eldest) {
            return size() > KEPT_TILES;
        }
    };

    TileStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** A tile and its 8,192 bytes. */
    record FullTile(TilePath path, byte[] bytes) {}

    /**
     * Stores tiles; all are durable when this returns. Storing them again changes nothing.
     *
     * @throws IOException if one could not be stored; others may have been
     */
    void put(List<FullTile> tiles) throws IOException {
        all(tiles.stream()
                .map(tile -> (Callable<byte[]>) () -> {
                    objects.put(PREFIX + tile.path, tile.bytes, Protection.LOCKED);
                    return tile.bytes;
                })
                .toList());
    }

    /** Fetches full tiles, in order. */
    List<Tile> get(List<TilePath> paths) throws IOException {
        return all(paths.stream()
                        .map(path -> (Callable<byte[]>) () -> read(path))
                        .toList())
                .stream()
                .map(Tile::ofBytes)
                .toList();
    }

    /** Whether there is a full tile at {@code path}. */
    boolean holds(TilePath path) throws IOException {
        return objects.length(PREFIX + path).isPresent();
    }

    private List<byte[]> all(List<Callable<byte[]>> tasks) throws IOException {
        List<byte[]> results = new ArrayList<>(tasks.size());
        try {
            for (Future<byte[]> future : calls.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while tiles were under way", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("tiles could not be stored or read: " + e.getCause(), e);
        }
    }

    /** The full tile at {@code path}. */
    @Override
    public byte[] tile(TilePath path) {
        synchronized (kept) {
            byte[] known = kept.get(path);
            if (known != null) {
                return known;
            }
        }
        try {
            byte[] bytes = read(path);
            synchronized (kept) {
                kept.put(path, bytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(TilePath path) throws IOException {
        if (!path.isFull() || path.level() == TilePath.ENTRIES) {
            throw new IllegalArgumentException(path + " is not a full hash tile");
        }
        try (InputStream in = objects.get(PREFIX + path, 0)
                .orElseThrow(() -> new IOException("the object " + PREFIX + path
                        + " is missing from the object store; restore it: the log's proofs need it"))) {
            byte[] bytes = in.readNBytes(Tile.FULL_BYTES + 1);
            if (bytes.length != Tile.FULL_BYTES) {
                throw new IOException("the object " + PREFIX + path + " has not the 8,192 bytes of a full tile");
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
