package io.strongroom.server.ledger;

import io.strongroom.server.database.Database;
import io.strongroom.server.privacy.SealedDisclosures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * The reader's side of what is stored, in SQL that both engines speak. Nothing is checked here but the form.
 *
 * <p>Any thread. Each call is a short transaction as the app role.
 */
final class LedgerTables {
    private static final int MAX_RANGES = 64;
    private static final String BETWEEN = "first_seq BETWEEN ? AND ?";

    private final Database database;

    LedgerTables(Database database) {
        this.database = database;
    }

    /** The blocks that hold entries of [{@code from}, {@code to}), whole, in order. */
    List<EntryBlock> blocks(long from, long to) {
        // A block never crosses a multiple of 256, so none that begins before this one reaches from.
        long start = BlockEncoder.boundary(from) - BlockEncoder.MAX_ENTRIES;
        List<EntryBlock> blocks = new ArrayList<>();
        blocks(List.of(new Range(start, to - 1)), blocks);
        blocks.removeIf(block -> block.end() <= from);
        return blocks;
    }

    /** The blocks that hold some entries, whole, in order. */
    List<EntryBlock> blocks(NavigableSet<Long> seqs) {
        // Those of one tile share their blocks.
        TreeMap<Long, Range> ranges = new TreeMap<>();
        for (long seq : seqs) {
            long low = BlockEncoder.boundary(seq) - BlockEncoder.MAX_ENTRIES;
            ranges.put(low, new Range(low, seq));
        }
        List<EntryBlock> blocks = new ArrayList<>();
        List<Range> all = List.copyOf(ranges.values());
        for (int from = 0; from < all.size(); from += MAX_RANGES) {
            blocks(all.subList(from, Math.min(all.size(), from + MAX_RANGES)), blocks);
        }
        blocks.removeIf(block -> seqs.subSet(block.first(), block.end()).isEmpty());
        return blocks;
    }

    private void blocks(List<Range> ranges, List<EntryBlock> blocks) {
        int count = repeated(ranges);
        String sql = "SELECT first_seq, packed FROM ledger_block WHERE "
                + String.join(" OR ", Collections.nCopies(count, BETWEEN)) + " ORDER BY first_seq";
        database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                bind(query, 1, ranges, count);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        blocks.add(EntryBlock.parse(rows.getLong(1), rows.getBytes(2)));
                    }
                }
            }
            return true;
        });
    }

    /**
     * The stored bodies of some entries of one retention class and day.
     *
     * @param from the seq that the first bit of {@code wanted} stands for
     */
    void bodies(String retain, long day, long from, BitSet wanted, BodyDecoder.Bodies bodies) {
        List<Range> ranges = new ArrayList<>();
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            long low = BodyEncoder.boundary(from + i);
            Range last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && low <= BodyEncoder.boundary(last.high) + BodyEncoder.MAX_BODIES) {
                ranges.set(ranges.size() - 1, new Range(last.low, from + i));
            } else {
                ranges.add(new Range(low, from + i));
            }
        }
        bodies(retain, day, ranges, seq -> seq >= from && wanted.get((int) (seq - from)), bodies);
    }

    /** The stored bodies of some entries of one retention class and day. */
    void bodies(String retain, long day, Collection<Long> seqs, BodyDecoder.Bodies bodies) {
        TreeMap<Long, Range> ranges = new TreeMap<>();
        for (long seq : new TreeSet<>(seqs)) {
            long low = BodyEncoder.boundary(seq);
            ranges.put(low, new Range(low, seq));
        }
        Set<Long> wanted = Set.copyOf(seqs);
        List<Range> all = List.copyOf(ranges.values());
        for (int from = 0; from < all.size(); from += MAX_RANGES) {
            List<Range> some = all.subList(from, Math.min(all.size(), from + MAX_RANGES));
            bodies(retain, day, some, wanted::contains, bodies);
        }
    }

    /** Where the block that is looked for begins: in {@code [low, high]}. */
    private record Range(long low, long high) {}

    /** A power of two of them, the last repeated: few texts, which the database need not plan each time. */
    private static int repeated(List<Range> ranges) {
        return Integer.highestOneBit(2 * ranges.size() - 1);
    }

    private static void bind(PreparedStatement query, int at, List<Range> ranges, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            Range range = ranges.get(Math.min(i, ranges.size() - 1));
            query.setLong(at + 2 * i, range.low);
            query.setLong(at + 2 * i + 1, range.high);
        }
    }

    private void bodies(String retain, long day, List<Range> ranges, LongPredicate wanted, BodyDecoder.Bodies bodies) {
        int count = repeated(ranges);
        String sql = "SELECT first_seq, packed FROM ledger_body WHERE retain = ? AND on_day = ? AND ("
                + String.join(" OR ", Collections.nCopies(count, BETWEEN)) + ")";
        database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, retain);
                query.setObject(2, LocalDate.ofEpochDay(day));
                bind(query, 3, ranges, count);
                try (ResultSet rows = query.executeQuery();
                        BodyDecoder decoder = new BodyDecoder()) {
                    while (rows.next()) {
                        decoder.unpack(rows.getLong(1), rows.getBytes(2), wanted, bodies);
                    }
                }
            }
            return true;
        });
    }

    /** The encrypted disclosures of one entry of one retention class and day. */
    List<SealedDisclosures> disclosures(String retain, long day, long seq) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT first_seq, packed FROM ledger_disclosure"
                    + " WHERE retain = ? AND on_day = ? AND " + BETWEEN)) {
                query.setString(1, retain);
                query.setObject(2, LocalDate.ofEpochDay(day));
                query.setLong(3, BodyEncoder.boundary(seq));
                query.setLong(4, seq);
                List<SealedDisclosures> found = new ArrayList<>();
                unpack(query, (at, disclosures) -> {
                    if (at == seq) {
                        found.addAll(disclosures);
                    }
                });
                return found;
            }
        });
    }

    /** The days are those of the first and the last entry, and spare the partitions of all others. */
    Map<Long, int[]> findable(long from, long to, long firstDay, long lastDay) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT first_seq, packed FROM ledger_disclosure"
                    + " WHERE on_day BETWEEN ? AND ? AND " + BETWEEN)) {
                query.setObject(1, LocalDate.ofEpochDay(firstDay));
                query.setObject(2, LocalDate.ofEpochDay(lastDay));
                query.setLong(3, BodyEncoder.boundary(from));
                query.setLong(4, to - 1);
                Map<Long, int[]> found = new HashMap<>();
                unpack(query, (seq, disclosures) -> {
                    if (seq >= from && seq < to) {
                        SealedDisclosures.findable(disclosures).ifPresent(hashes -> found.put(seq, hashes));
                    }
                });
                return found;
            }
        });
    }

    private static void unpack(PreparedStatement query, DisclosureDecoder.Disclosures disclosures) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                DisclosureDecoder.unpack(rows.getLong(1), rows.getBytes(2), disclosures);
            }
        }
    }

    /** The head as it is committed. */
    Head head() {
        return database.read(HeadRow::read);
    }

    /** The checkpoint of the largest size. */
    Optional<StoredCheckpoint> newestCheckpoint() {
        return database.read(connection -> checkpoint(connection, "ORDER BY size DESC LIMIT 1"));
    }

    /** The newest checkpoint that every key has signed. */
    Optional<StoredCheckpoint> newestFullCheckpoint() {
        return database.read(connection -> checkpoint(connection, "WHERE fully ORDER BY size DESC LIMIT 1"));
    }

    /** The checkpoint of this many entries that every key has signed. */
    Optional<StoredCheckpoint> fullCheckpoint(long size) {
        return database.read(connection -> checkpoint(connection, "WHERE fully AND size = " + size));
    }

    private static Optional<StoredCheckpoint> checkpoint(Connection connection, String which) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT size, root, at_millis, fully, note FROM ledger_checkpoint " + which);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(StoredCheckpoint.of(rows)) : Optional.empty();
        }
    }
}
