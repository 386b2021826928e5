package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.privacy.NewDataKey;
import io.strongroom.server.record.Draft;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records with their places, to be committed in one transaction.
 *
 * @param before the head that the group was made on
 * @param after the head once it is committed
 * @param at the time of each of its entries, epoch milliseconds
 * @param drafts in order; never empty
 * @param leaves the entries' leaf hashes, 32 bytes each; never changed
 * @param seal the chain that the first draft seals
 * @param chain the state of the day's chain after this group, where it is time to store it
 * @param rows what callers want written with their records
 */
record Group(
        Head before,
        Head after,
        long at,
        List<Draft> drafts,
        byte[] leaves,
        @Nullable SealedChain seal,
        byte @Nullable [] chain,
        List<RidingRow> rows) {

    long first() {
        return before.size();
    }

    int count() {
        return drafts.size();
    }

    /** The leaf hash of the {@code i}-th entry. */
    Digest leaf(int i) {
        return Digest.ofBytes(leaves, i * Digest.BYTES);
    }

    /** The leaf hash of the entry before the {@code i}-th. */
    Digest prev(int i) {
        return i == 0 ? before.leaf() : leaf(i - 1);
    }

    Entry entry(int i) {
        return entry(drafts.get(i), first() + i, at, prev(i));
    }

    static Entry entry(Draft draft, long seq, long at, Digest prev) {
        return new Entry(
                seq,
                at,
                draft.id(),
                draft.policy(),
                prev,
                draft.digest(),
                draft.retain(),
                draft.source(),
                draft.sourceSeq(),
                draft.stream());
    }

    LedgerReader.Row row(int i) {
        return new LedgerReader.Row(entry(i), leaf(i), drafts.get(i).body(), true);
    }

    /** The data keys that are to be stored with it. */
    Set<NewDataKey> newKeys() {
        Set<NewDataKey> keys = new LinkedHashSet<>();
        for (Draft draft : drafts) {
            NewDataKey key = draft.hidden().newKey();
            if (key != null && !key.isStored()) {
                keys.add(key);
            }
        }
        return keys;
    }

    Receipt receipt(int i) {
        Draft draft = drafts.get(i);
        return new Receipt(draft.id(), first() + i, draft.digest());
    }

    /** What it takes in memory, about. */
    long weight() {
        long weight = leaves.length;
        for (Draft draft : drafts) {
            weight += draft.weight();
        }
        return weight;
    }
}
