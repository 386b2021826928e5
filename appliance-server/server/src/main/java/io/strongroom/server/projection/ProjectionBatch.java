package io.strongroom.server.projection;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerReader;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run of ledger rows adds to the read models. Filled row by row, and used again for the next run: belongs to the
 * projector's thread.
 */
final class ProjectionBatch {
    /** Entries that one transaction takes at most: a whole segment, so that catching up leaves no tail behind. */
    static final int MAX_RECORDS = Segment.SIZE;

    /**
     * Words that are indexed of one record. A record with more has the term {@link #OVERFLOW} and is compared word by
     * word whenever words are asked for, so it is found all the same.
     */
    static final int MAX_WORDS = 256;

    static final int OVERFLOW = TermHash.term(TermHash.of(Field.WORD, ""));

    private static final int[] NONE = {};

    /** What the timeline says of one entry; a value is 0 where the record does not say. */
    static final class Row {
        private final long[] values = new long[Field.values().length + 1];
        long at;
        long occurredAt;

        @Nullable
        RecordId id;

        int[] labels = NONE;

        void set(Field field, long hash) {
            values[field.number()] = hash;
        }

        long value(Field field) {
            return values[field.number()];
        }

        /** The time in its id, or of the entry where that cannot be read; epoch milliseconds. */
        private long idMillis() {
            return id == null ? at : id.epochMillis();
        }
    }

    private final RecordWalk walk = new RecordWalk();
    private final FacetCounts facets = new FacetCounts();
    private final RecordTerms record = new RecordTerms(facets);
    private final Row[] rows = new Row[MAX_RECORDS];
    private final int[] starts = new int[MAX_RECORDS + 1];
    private int[] terms = new int[MAX_RECORDS];
    private long firstSeq;
    private int size;
    private int unprojectable;

    /** Empties the batch; the next row is that of {@code seq}. */
    void begin(long seq) {
        firstSeq = seq;
        size = 0;
        unprojectable = 0;
        facets.clear();
    }

    /** Adds a ledger row. A body that is not what the entry says, or is no record, gives a row without its values. */
    void add(LedgerReader.Row source) {
        add(source, NONE);
    }

    /** @param findable the keyed hashes of what is kept apart of it */
    void add(LedgerReader.Row source, int[] findable) {
        Entry entry = source.entry();
        Row row = next(entry.seq(), entry.at());
        row.id = entry.id();
        byte[] body = source.body();
        if (body == null || !source.isIntact() || !walk(body, row)) {
            if (body != null) {
                unprojectable++;
            }
            blank(row);
            record.value(Field.STREAM, entry.stream());
            record.value(Field.SOURCE, entry.source());
        }
        for (int keyed : findable) {
            record.findable(keyed);
        }
        record.count(FacetCounts.hour(row.occurredAt));
        finish();
    }

    /** Adds a row for an entry that cannot be read at all, so that the rows have no gap. */
    void addDamaged(long seq, long at) {
        Row row = next(seq, at);
        row.id = null;
        blank(row);
        unprojectable++;
        finish();
    }

    private boolean walk(byte[] body, Row row) {
        blank(row);
        try {
            walk.walk(body, record);
        } catch (JsonException noRecord) {
            return false;
        }
        row.labels = record.labels();
        return true;
    }

    private void blank(Row row) {
        Arrays.fill(row.values, 0);
        row.occurredAt = row.at;
        row.labels = NONE;
        record.begin(row);
    }

    private Row next(long seq, long at) {
        if (seq != endSeq()) {
            throw new IllegalStateException("entry " + seq + " where " + endSeq() + " was due");
        }
        if (rows[size] == null) {
            rows[size] = new Row();
        }
        Row row = rows[size];
        row.at = at;
        return row;
    }

    private void finish() {
        int start = starts[size];
        int end = start + record.size();
        if (end > terms.length) {
            terms = Arrays.copyOf(terms, Math.max(end, terms.length * 2));
        }
        record.copyTo(terms, start);
        starts[++size] = end;
    }

    long firstSeq() {
        return firstSeq;
    }

    long endSeq() {
        return firstSeq + size;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MAX_RECORDS;
    }

    int unprojectable() {
        return unprojectable;
    }

    Row row(int index) {
        return rows[index];
    }

    FacetCounts facets() {
        return facets;
    }

    TailBatch tail() {
        long[] occurred = new long[size];
        for (int i = 0; i < size; i++) {
            occurred[i] = rows[i].occurredAt;
        }
        return TailBatch.of(firstSeq, occurred, Arrays.copyOf(starts, size + 1), Arrays.copyOf(terms, starts[size]));
    }

    /**
     * A page of the timeline as it is stored.
     *
     * @param firstAt the first entry's time, epoch milliseconds
     * @param lowId the earliest time in an id, epoch milliseconds
     * @param highId the latest
     */
    record Page(long firstSeq, long firstAt, long lowId, long highId, byte[] packed) {}

    /** The rows, cut into pages. */
    void pages(Consumer<Page> sink) {
        int from = 0;
        while (from < size) {
            long low = rows[from].idMillis();
            long high = low;
            int to = from + 1;
            for (; to < size && (firstSeq + to) % TimelinePage.SIZE != 0; to++) {
                long nextLow = Math.min(low, rows[to].idMillis());
                long nextHigh = Math.max(high, rows[to].idMillis());
                if (nextHigh - nextLow > TimelinePage.ID_SPAN_MILLIS) {
                    break;
                }
                low = nextLow;
                high = nextHigh;
            }
            sink.accept(new Page(firstSeq + from, rows[from].at, low, high, TimelinePage.pack(this, from, to)));
            from = to;
        }
    }
}
