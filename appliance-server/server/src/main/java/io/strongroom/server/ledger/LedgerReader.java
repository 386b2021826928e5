package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.privacy.SealedDisclosures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The way out of the ledger. Whatever comes from here is committed, and its entry has been checked against its leaf. */
public interface LedgerReader {

    /**
     * One record as it is stored.
     *
     * @param leaf the leaf hash of {@code entry}
     * @param body the stored record's canonical bytes; null where it has expired, was erased or was not asked for
     * @param fresh whether the body never left memory since the entry's digest was made of it
     */
    record Row(Entry entry, Digest leaf, byte @Nullable [] body, boolean fresh) {
        public Row(Entry entry, Digest leaf, byte @Nullable [] body) {
            this(entry, leaf, body, false);
        }

        /** Whether the body is there, and what the entry says. */
        public boolean isIntact() {
            return body != null && (fresh || Digest.of(body).equals(entry.record()));
        }

        Row withoutBody() {
            return new Row(entry, leaf, null);
        }
    }

    /** Takes rows in order. */
    @FunctionalInterface
    interface Rows {
        /** @return whether to go on */
        boolean take(Row row);
    }

    /** How many entries are committed. */
    long size();

    /**
     * Reads the entries of [{@code from}, {@code to}) in order, with bounded memory however long the range is. Recent
     * ones come from memory, without a query.
     *
     * @throws IllegalArgumentException if the range is not within [0, {@link #size()}]
     * @throws LedgerDamagedException if an entry does not match its leaf hash
     */
    void read(long from, long to, boolean bodies, Rows rows);

    /**
     * The same, with the bodies of those entries alone that are wanted.
     *
     * @param wanted asked once of each entry, by any thread
     */
    default void read(long from, long to, Predicate<Entry> wanted, Rows rows) {
        read(from, to, true, row -> rows.take(wanted.test(row.entry()) ? row : row.withoutBody()));
    }

    /** The row of one entry. */
    Optional<Row> find(long seq);

    /** The stored bodies of the given entries; those that have expired are left out of the result. */
    List<Row> find(List<Long> seqs);

    /** The encrypted disclosures of one entry, one per class. */
    List<SealedDisclosures> disclosures(long seq);

    /** The keyed hashes by which committed fields of [{@code from}, {@code to}) are to be found, by seq. */
    default Map<Long, int[]> findable(long from, long to) {
        Map<Long, int[]> findable = new HashMap<>();
        for (long seq = from; seq < to; seq++) {
            long at = seq;
            SealedDisclosures.findable(disclosures(seq)).ifPresent(hashes -> findable.put(at, hashes));
        }
        return findable;
    }

    /** Waits until the ledger holds more than {@code size} entries, at most {@code millis}. */
    boolean awaitGrowth(long size, long millis) throws InterruptedException;
}
