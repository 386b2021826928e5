package io.strongroom.server.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The batches behind the last segment, and which of them are stored. Immutable: what a failed transaction would have made
 * of it is simply dropped.
 *
 * @param batches without a gap, from a segment's first entry to the watermark
 * @param stored those of them that are rows already, which are its first ones or were joined into later ones
 */
record Tail(List<TailBatch> batches, Set<TailBatch> stored) {
    /** Batches of this many records are not joined any more: writing them twice would cost more than a row more does. */
    private static final int LARGE = 2048;

    static final Tail EMPTY = new Tail(List.of(), Set.of());

    Tail {
        batches = List.copyOf(batches);
    }

    static Tail ofStored(List<TailBatch> batches) {
        return new Tail(batches, identities(batches));
    }

    /** Adds a batch, and joins the last ones as long as they do not get smaller, so that few remain. */
    Tail append(TailBatch batch) {
        List<TailBatch> joined = new ArrayList<>(batches);
        TailBatch last = batch;
        while (!joined.isEmpty()
                && joined.getLast().size() <= last.size()
                && joined.getLast().size() < LARGE) {
            last = joined.removeLast().join(last);
        }
        joined.add(last);
        return new Tail(joined, stored);
    }

    /** As it is after the commit that ended with {@code watermark}. */
    Tail committed(long watermark) {
        return watermark % Segment.SIZE == 0 ? EMPTY : ofStored(batches);
    }

    /** Whether these are just the entries between the last segment and the watermark. */
    boolean fits(long watermark) {
        long next = Segment.firstSeqOf(watermark);
        for (TailBatch batch : batches) {
            if (batch.firstSeq() != next) {
                return false;
            }
            next = batch.endSeq();
        }
        return next == watermark;
    }

    private static Set<TailBatch> identities(List<TailBatch> batches) {
        Set<TailBatch> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(batches);
        return Collections.unmodifiableSet(identities);
    }
}
