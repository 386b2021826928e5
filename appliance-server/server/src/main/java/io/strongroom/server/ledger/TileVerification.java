package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.tile.Tile;
import io.strongroom.server.ledger.LedgerVerification.Failure;
import io.strongroom.server.ledger.LedgerVerification.What;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the tables hold of one tile's entries with the tile, which is trusted here. Used once. */
final class TileVerification {
    private final LedgerTables tables;
    private final Tile leaves;
    private final long start;
    private final Digest before;

    // In order, as far as they match.
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Failure failure;

    /**
     * @param start the seq of the tile's first leaf
     * @param before the leaf hash before it
     */
    TileVerification(LedgerTables tables, Tile leaves, long start, Digest before) {
        this.tables = tables;
        this.leaves = leaves;
        this.start = start;
        this.before = before;
    }

    /** How many entries and bodies match, how many bodies are gone, and what came first that does not match. */
    record Result(
            long entries,
            long bodies,
            long absent,
            @Nullable Failure failure) {
        static Result failed(Failure failure) {
            return new Result(0, 0, 0, failure);
        }
    }

    /** Verifies the entries [{@code first}, {@code end}) of the tile. */
    Result verify(long first, long end) {
        try {
            long next = first;
            for (EntryBlock block : tables.blocks(first, end)) {
                if (block.first() > next) {
                    break;
                }
                while (next < Math.min(end, block.end()) && failure == null) {
                    entry(block, next++);
                }
            }
            if (failure == null && next < end) {
                failure = new Failure(next, What.STORED, "entry " + next, "nothing");
            }
        } catch (LedgerDamagedException e) {
            long seq = first + entries.size();
            failure = new Failure(seq, What.STORED, "entry " + seq, String.valueOf(e.getMessage()));
        }
        return bodies(first, end);
    }

    private void entry(EntryBlock block, long seq) {
        int i = (int) (seq - block.first());
        Entry entry = block.entry(i, leaf(seq - 1));
        Digest computed = entry.leaf();
        Digest mark = block.mark(i);
        if (!computed.equals(leaf(seq))) {
            failure = new Failure(seq, What.ENTRY, leaf(seq).toString(), computed.toString());
        } else if (mark != null && !mark.equals(computed)) {
            failure = new Failure(seq, What.ENTRY, computed.toString(), mark.toString());
        } else {
            entries.add(entry);
        }
    }

    private Digest leaf(long seq) {
        return seq < start ? before : leaves.hash((int) (seq - start));
    }

    /** The bodies of the entries that match. A body that does not comes before an entry that does not. */
    private Result bodies(long first, long end) {
        Map<Long, Digest> digests = digests(first, end);
        long matching = 0;
        long absent = 0;
        for (Entry entry : entries) {
            Digest digest = digests.get(entry.seq());
            if (digest == null) {
                absent++;
            } else if (digest.equals(entry.record())) {
                matching++;
            } else {
                Failure body =
                        new Failure(entry.seq(), What.BODY, entry.record().toString(), digest.toString());
                return new Result(entry.seq() - first + 1, matching, absent, body);
            }
        }
        return new Result(entries.size(), matching, absent, failure);
    }

    private Map<Long, Digest> digests(long first, long end) {
        Map<Long, Digest> digests = new HashMap<>();
        Set<List<Object>> shelves = new HashSet<>();
        BitSet all = new BitSet();
        all.set(0, (int) (end - first));
        for (Entry entry : entries) {
            long day = DayChain.day(entry.at());
            if (shelves.add(List.of(entry.retain(), day))) {
                tables.bodies(entry.retain(), day, first, all, (seq, body) -> digests.put(seq, Digest.of(body)));
            }
        }
        return digests;
    }
}
