package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tile.Tile;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.InclusionProof;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored bytes again, from the tables and the tiles and never from the memory of recent groups, and compares: body
 * with entry, entry with leaf, leaves with the newest checkpoint's root.
 */
final class LedgerVerification {
    private final PublishedLogs logs;
    private final LedgerTables tables;

    LedgerVerification(PublishedLogs logs, LedgerTables tables) {
        this.logs = logs;
        this.tables = tables;
    }

    /** What can be wrong. */
    enum What {
        /** An entry is missing, or the block that holds it cannot be read. */
        STORED,
        /** The entry is not the one that its leaf hash commits to. */
        ENTRY,
        /** The body is not the one that its entry names. */
        BODY,
        /** The leaf hashes do not lead to the checkpoint's root. */
        TREE
    }

    /** The first thing that does not match. */
    record Failure(long seq, What what, String expected, String found) {}

    /**
     * The outcome.
     *
     * @param from the first seq that was looked at
     * @param to the seq after the last one that was meant to be looked at
     * @param checkpointSize the checkpoint that was compared with
     * @param entries how many entries match
     * @param bodies how many bodies match
     * @param absent how many entries have no body any more
     */
    record Outcome(
            long from,
            long to,
            long checkpointSize,
            long entries,
            long bodies,
            long absent,
            @Nullable Failure failure) {

        private Outcome plus(TileVerification.Result result) {
            return new Outcome(
                    from,
                    to,
                    checkpointSize,
                    entries + result.entries(),
                    bodies + result.bodies(),
                    absent + result.absent(),
                    result.failure());
        }
    }

    /** How many entries can be verified now: those that the newest checkpoint covers. */
    long size() {
        return logs.newest().checkpoint().size();
    }

    /**
     * Verifies [{@code from}, {@code to}) up to the first failure.
     *
     * @throws IllegalArgumentException if the range is empty or the newest checkpoint does not cover it
     */
    Outcome verify(long from, long to) {
        PublishedLog log = logs.newest();
        long size = log.checkpoint().size();
        if (from < 0 || from >= to || to > size) {
            throw new IllegalArgumentException("the newest checkpoint covers the entries before " + size);
        }
        HashSource hashes = log.hashes(size);
        Outcome outcome = new Outcome(from, to, size, 0, 0, 0, null);
        long next = from;
        while (next < to && outcome.failure() == null) {
            long end = Math.min(to, BlockEncoder.boundary(next));
            outcome = outcome.plus(tile(log, hashes, next, end));
            next = end;
        }
        return outcome;
    }

    /** Entries of one tile, which is compared with the root first. */
    private TileVerification.Result tile(PublishedLog log, HashSource hashes, long first, long end) {
        long size = log.checkpoint().size();
        long index = first / Tile.FULL_WIDTH;
        long start = index * Tile.FULL_WIDTH;
        try {
            Tile leaves = Tile.ofBytes(log.tile(new TilePath(0, index, TilePath.widthAt(0, index, size))));
            // Each hash of the tile goes into this path, or is its leaf: one proof speaks for all of them.
            Digest root = InclusionProof.of(hashes, start, size).root(leaves.hash(0));
            if (!root.equals(log.checkpoint().root())) {
                return TileVerification.Result.failed(
                        new Failure(first, What.TREE, log.checkpoint().root().toString(), root.toString()));
            }
            Digest before = start == 0 ? Digest.ZERO : hashes.hash(0, start - 1);
            return new TileVerification(tables, leaves, start, before).verify(first, end);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return TileVerification.Result.failed(
                    new Failure(first, What.TREE, "a readable tile", String.valueOf(e.getMessage())));
        }
    }
}
