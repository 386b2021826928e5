package io.strongroom.evidence.tile;

/** Where tiles come from: a folder, an object store, a server. Not trusted. */
@FunctionalInterface
public interface TileSource {
    /**
     * The tile at {@code path}.
     *
     * @return at least {@code path.width()} whole hashes; a source that no longer has a partial tile may give a wider
     *     one
     * @throws IllegalArgumentException if there is no such tile
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    byte[] tile(TilePath path);
}
