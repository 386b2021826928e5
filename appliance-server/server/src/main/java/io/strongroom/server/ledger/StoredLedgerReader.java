package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.privacy.SealedDisclosures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads from memory what was committed last, and the rest from the tables, checking each block against its chain. */
final class StoredLedgerReader implements LedgerReader {
    /** Entries per transaction: with bodies of 1 KB about a megabyte. */
    private static final long CHUNK = 4L * BlockEncoder.MAX_ENTRIES;

    /** Chunks of a long range that are on their way while its reader is busy with the one before. */
    private static final int AHEAD = 2;

    private record Shelf(String retain, long day) {}

    private final CommittedTail tail;
    private final LedgerTables tables;

    StoredLedgerReader(CommittedTail tail, LedgerTables tables) {
        this.tail = tail;
        this.tables = tables;
    }

    @Override
    public long size() {
        return tail.head().size();
    }

    @Override
    public boolean awaitGrowth(long size, long millis) throws InterruptedException {
        return tail.awaitGrowth(size, millis);
    }

    @Override
    public void read(long from, long to, boolean bodies, Rows rows) {
        read(from, to, entry -> bodies, rows);
    }

    @Override
    public void read(long from, long to, Predicate<Entry> bodies, Rows rows) {
        requireRange(from, to);
        // No virtual threads: unpacking and hashing keep a processor busy for longer than the database is waited for.
        try (ExecutorService readers = Executors.newFixedThreadPool(
                AHEAD, Thread.ofPlatform().daemon().name("ledger-read-ahead").factory())) {
            read(from, to, bodies, rows, readers);
        }
    }

    private void read(long from, long to, Predicate<Entry> bodies, Rows rows, ExecutorService readers) {
        Deque<Future<List<Row>>> ahead = new ArrayDeque<>();
        long asked = Math.min(to, from + CHUNK);
        List<Row> chunk = chunk(from, asked, bodies);
        // The leaf hash of the entry before the next one, once it is known.
        @Nullable Digest leaf = null;
        while (!chunk.isEmpty()) {
            while (ahead.size() < AHEAD && asked < to) {
                long start = asked;
                long end = Math.min(to, start + CHUNK);
                ahead.add(readers.submit(() -> chunk(start, end, bodies)));
                asked = end;
            }
            for (Row row : chunk) {
                if (leaf != null && !row.entry().prev().equals(leaf)) {
                    throw new LedgerDamagedException("the entry " + row.entry().seq()
                            + " does not follow the one before: expected " + leaf + ", found "
                            + row.entry().prev());
                }
                leaf = row.leaf();
                if (!rows.take(row)) {
                    return;
                }
            }
            chunk = ahead.isEmpty() ? List.of() : await(ahead.remove());
        }
    }

    private static List<Row> await(Future<List<Row>> ahead) {
        try {
            return ahead.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the ledger cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the ledger was read", e);
        }
    }

    private void requireRange(long from, long to) {
        long size = size();
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    "the range " + from + " to " + to + " is not within the ledger's " + size + " entries");
        }
    }

    /** The rows of [{@code from}, {@code to}), which all exist. */
    private List<Row> chunk(long from, long to, Predicate<Entry> bodies) {
        List<Row> rows = new ArrayList<>((int) (to - from));
        for (long next = from; next < to; next = from + rows.size()) {
            Optional<Group> recent = tail.group(next);
            if (recent.isPresent()) {
                Group group = recent.get();
                long end = Math.min(to, group.after().size());
                for (long seq = next; seq < end; seq++) {
                    Row row = group.row((int) (seq - group.first()));
                    rows.add(bodies.test(row.entry()) ? row : row.withoutBody());
                }
            } else {
                rows.addAll(withBodies(entries(next, to), bodies));
            }
        }
        return rows;
    }

    /** The entries of [{@code from}, {@code to}) from the tables; all of them. */
    private List<Row> entries(long from, long to) {
        List<Row> rows = new ArrayList<>((int) (to - from));
        @Nullable Digest leaf = null;
        for (EntryBlock block : tables.blocks(from, to)) {
            if (leaf != null && !block.prev().equals(leaf)) {
                throw new LedgerDamagedException("the entry " + block.first()
                        + " does not follow the one before: expected " + leaf + ", found " + block.prev());
            }
            leaf = block.leaf();
            for (Row row : block.rows()) {
                long seq = row.entry().seq();
                if (seq >= from && seq < to) {
                    requireNext(from + rows.size(), seq);
                    rows.add(row);
                }
            }
        }
        requireNext(from + rows.size(), to);
        return rows;
    }

    private static void requireNext(long expected, long found) {
        if (expected != found) {
            throw new LedgerDamagedException("the entries " + expected + " to " + (found - 1) + " are missing");
        }
    }

    /** The rows, which follow one another, with the bodies that are wanted. */
    private List<Row> withBodies(List<Row> rows, Predicate<Entry> wanted) {
        Map<Shelf, BitSet> shelves = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (wanted.test(rows.get(i).entry())) {
                shelves.computeIfAbsent(shelf(rows.get(i)), any -> new BitSet()).set(i);
            }
        }
        if (shelves.isEmpty()) {
            return rows;
        }
        long from = rows.getFirst().entry().seq();
        byte[][] found = new byte[rows.size()][];
        shelves.forEach((shelf, some) ->
                tables.bodies(shelf.retain, shelf.day, from, some, (seq, body) -> found[(int) (seq - from)] = body));
        List<Row> full = new ArrayList<>(rows.size());
        for (Row row : rows) {
            full.add(withBody(row, found[(int) (row.entry().seq() - from)]));
        }
        return full;
    }

    private static Row withBody(Row row, byte @Nullable [] body) {
        return new Row(row.entry(), row.leaf(), body);
    }

    private static Shelf shelf(Row row) {
        return new Shelf(row.entry().retain(), DayChain.day(row.entry().at()));
    }

    @Override
    public Optional<Row> find(long seq) {
        if (seq < 0 || seq >= size()) {
            return Optional.empty();
        }
        return Optional.of(chunk(seq, seq + 1, entry -> true).getFirst());
    }

    @Override
    public List<Row> find(List<Long> seqs) {
        Map<Long, Row> found = new TreeMap<>();
        Map<Shelf, List<Long>> wanted = new HashMap<>();
        for (Row row : entriesOf(seqs)) {
            found.put(row.entry().seq(), row);
            if (row.body() == null) {
                wanted.computeIfAbsent(shelf(row), any -> new ArrayList<>())
                        .add(row.entry().seq());
            }
        }
        wanted.forEach((shelf, some) -> tables.bodies(shelf.retain, shelf.day, some, (seq, body) -> {
            Row row = found.get(seq);
            if (row != null) {
                found.put(seq, withBody(row, body));
            }
        }));
        List<Row> rows = new ArrayList<>();
        for (Long seq : seqs) {
            Row row = found.get(seq);
            if (row != null && row.body() != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The rows of some entries, with bodies only where they are in memory; those that do not exist are left out. */
    List<Row> entriesOf(Collection<Long> seqs) {
        long size = size();
        List<Row> rows = new ArrayList<>();
        TreeSet<Long> stored = new TreeSet<>();
        for (long seq : seqs) {
            if (seq >= 0 && seq < size) {
                Optional<Group> recent = tail.group(seq);
                if (recent.isPresent()) {
                    rows.add(recent.get().row((int) (seq - recent.get().first())));
                } else {
                    stored.add(seq);
                }
            }
        }
        if (!stored.isEmpty()) {
            rows.addAll(scattered(stored));
        }
        return rows;
    }

    /** The entries {@code seqs} from the tables; all of them. */
    private List<Row> scattered(NavigableSet<Long> seqs) {
        List<Row> rows = new ArrayList<>(seqs.size());
        Iterator<Long> expected = seqs.iterator();
        for (EntryBlock block : tables.blocks(seqs)) {
            for (Row row : block.rows(seqs::contains)) {
                requireNext(expected.next(), row.entry().seq());
                rows.add(row);
            }
        }
        if (expected.hasNext()) {
            long missing = expected.next();
            requireNext(missing, missing + 1);
        }
        return rows;
    }

    /** The receipts of some entries, all of which exist. */
    Map<Long, Receipt> receipts(Collection<Long> seqs) {
        Map<Long, Receipt> receipts = new HashMap<>();
        for (Row row : entriesOf(seqs)) {
            receipts.put(
                    row.entry().seq(),
                    new Receipt(row.entry().id(), row.entry().seq(), row.entry().record()));
        }
        return receipts;
    }

    @Override
    public List<SealedDisclosures> disclosures(long seq) {
        if (seq < 0 || seq >= size()) {
            return List.of();
        }
        Optional<Group> recent = tail.group(seq);
        if (recent.isPresent()) {
            return recent.get().drafts().get((int) (seq - recent.get().first())).disclosures();
        }
        Row row = entries(seq, seq + 1).getFirst();
        return tables.disclosures(row.entry().retain(), DayChain.day(row.entry().at()), seq);
    }

    @Override
    public Map<Long, int[]> findable(long from, long to) {
        if (from >= to || tail.group(from).isPresent()) {
            return LedgerReader.super.findable(from, to);
        }
        long first = DayChain.day(entries(from, from + 1).getFirst().entry().at());
        long last = DayChain.day(entries(to - 1, to).getFirst().entry().at());
        return tables.findable(from, to, first, last);
    }
}
