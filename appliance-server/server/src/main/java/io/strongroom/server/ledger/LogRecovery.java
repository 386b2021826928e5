package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.keys.SigningKeys.PublishedKey;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Rebuilds the log's edge at start, and refuses a ledger that is not the one whose checkpoint was signed: changed, set
 * back, or another's. It is the way that the checkpointer goes in operation, from the last checkpoint on.
 */
final class LogRecovery {
    private final SigningKeys keys;
    private final TileStore store;
    private final CommittedTail tail;
    private final LedgerReader reader;

    LogRecovery(SigningKeys keys, TileStore store, CommittedTail tail, LedgerReader reader) {
        this.keys = keys;
        this.store = store;
        this.tail = tail;
        this.reader = reader;
    }

    /**
     * The tiles as of the newest checkpoint, with the ledger up to its head checked against it.
     *
     * @param tiles as of the head
     * @param newest the newest checkpoint in the database
     * @param partials the partial tiles at its size
     */
    record Recovered(LogTiles tiles, Optional<StoredCheckpoint> newest, List<byte[]> partials) {}

    /**
     * @param stored the newest checkpoint in the database
     * @param mirrored the checkpoints that {@link CheckpointMirror#newest} gives
     * @throws StartRefusedException if the ledger is not the one that they were signed for
     */
    Recovered recover(Optional<StoredCheckpoint> stored, List<byte[]> mirrored) {
        stored.ifPresent(checkpoint -> requireSigned(checkpoint.note(), "the newest checkpoint in the database"));
        Optional<Checkpoint> mirror = mirrored.stream()
                .map(note -> requireSigned(note, "the newest checkpoint in the object store"))
                .max(Comparator.comparingLong(Checkpoint::size));
        long size = tail.head().size();
        long signed = Math.max(
                stored.map(StoredCheckpoint::size).orElse(0L),
                mirror.map(Checkpoint::size).orElse(0L));
        if (signed > 0 && size == 0) {
            throw mismatch(
                    "its newest checkpoint covers " + signed + " entries, and this database is empty. If they are"
                            + " in another one, as after up --postgres or --database-url, start with that one again. If not,"
                            + " entries are lost");
        }
        if (signed > size) {
            throw mismatch("its newest checkpoint covers " + signed + " entries, and there are only " + size
                    + ". Entries are lost, or an old copy of the database was restored");
        }
        try {
            return compare(stored, mirror);
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.LEDGER, "The log's tiles cannot be read or stored: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new StartRefusedException(Reason.LEDGER, "The log's tiles cannot be read: " + e.getMessage(), e);
        }
    }

    /** The checkpoints in the order of their sizes, then the head: the tiles go on from one to the next. */
    private Recovered compare(Optional<StoredCheckpoint> stored, Optional<Checkpoint> mirror) throws IOException {
        requireStoreNotAhead();
        long base = stored.map(StoredCheckpoint::size).orElse(0L);
        // The store's own checkpoint says how far its tiles go. Where that is behind the database, as after the restore
        // of an older copy of the store, or a crash within the minute, what lies between is stored again.
        long mirrored = mirror.map(Checkpoint::size).orElse(base);
        LogTiles tiles = LogTiles.from(Math.min(mirrored, base), store, tail, reader);
        if (mirror.isPresent() && mirrored <= base) {
            requireRoot(mirrored, mirror.get().root(), tiles.root());
        }
        tiles.advance(base);
        List<byte[]> partials = tiles.partials();
        if (stored.isPresent()) {
            requireRoot(base, stored.get().root(), tiles.root());
        }
        if (mirror.isPresent() && mirrored > base) {
            tiles.advance(mirrored);
            requireRoot(mirrored, mirror.get().root(), tiles.root());
        }
        Head head = tail.head();
        tiles.advance(head.size());
        requireRoot(head.size(), head.root(), tiles.root());
        return new Recovered(tiles, stored, partials);
    }

    /** A tile is stored only once all its entries are committed: one that reaches past the head tells of lost ones. */
    private void requireStoreNotAhead() throws IOException {
        long size = tail.head().size();
        long next = size >> 8;
        if (store.holds(TilePath.full(0, next))) {
            throw mismatch(
                    "the object store has the tile of the entries up to " + ((next + 1) << 8) + ", and there are only "
                            + size + ". Entries are lost, or an old copy of the database was restored");
        }
    }

    private Checkpoint requireSigned(byte[] note, String what) {
        List<VerifierKey> known = keys.published().stream()
                .map(PublishedKey::vkey)
                .filter(Objects::nonNull)
                .map(VerifierKey::parse)
                .toList();
        try {
            Checkpoint checkpoint = new CheckpointVerifier(known, List.of())
                    .verify(SignedNote.parse(note))
                    .checkpoint();
            if (!checkpoint.origin().equals(keys.origin().value())) {
                throw mismatch(what + " is of the log " + checkpoint.origin() + ", and this one is "
                        + keys.origin().value());
            }
            return checkpoint;
        } catch (NoteException e) {
            throw mismatch(what + " was not signed by this installation's keys (" + e.getMessage() + ")");
        }
    }

    private static void requireRoot(long size, Digest expected, Digest found) {
        if (!expected.equals(found)) {
            throw mismatch("of " + size + " entries the root should be " + expected + ", and it is " + found);
        }
    }

    private static StartRefusedException mismatch(String what) {
        return new StartRefusedException(
                Reason.LEDGER,
                "The ledger does not match its checkpoint: " + what
                        + ". Nothing was changed. Keep a copy of everything, then restore the database, the object"
                        + " store and the keys of one moment.");
    }
}
