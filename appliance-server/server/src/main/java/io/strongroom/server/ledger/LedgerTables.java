package io.strongroom.server.ledger;

import io.strongroom.server.database.Database;
import io.strongroom.server.privacy.SealedDisclosures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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

    private final Database database;

    LedgerTables(Database database) {
        this.database = database;
    }

    /** The blocks that hold entries of [{@code from}, {@code to}), whole, in order. */
    List<EntryBlock> blocks(long from, long to) {
        return database.read(connection -> {
            List<EntryBlock> blocks = new ArrayList<>();
            // A block never crosses a multiple of 256, so none that begins before this one reaches from.
            long start = BlockEncoder.boundary(from) - BlockEncoder.MAX_ENTRIES;
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT first_seq, packed FROM ledger_block WHERE first_seq >= ? AND first_seq < ? ORDER BY first_seq")) {
                query.setLong(1, start);
                query.setLong(2, to);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        EntryBlock block = EntryBlock.parse(rows.getLong(1), rows.getBytes(2));
                        if (block.end() > from) {
                            blocks.add(block);
                        }
                    }
                }
            }
            return blocks;
        });
    }

    /** The stored bodies of entries [{@code from}, {@code to}) of one retention class and day. */
    void bodies(String retain, long day, long from, long to, BodyDecoder.Bodies bodies) {
        List<Range> ranges = List.of(new Range(BodyEncoder.boundary(from), to - 1));
        bodies(retain, day, ranges, seq -> seq >= from && seq < to, bodies);
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

    /** The block that holds an entry's body begins in {@code [low, high]}. */
    private record Range(long low, long high) {}

    private void bodies(String retain, long day, List<Range> ranges, LongPredicate wanted, BodyDecoder.Bodies bodies) {
        // A power of two of them, the last repeated: few texts, which the database need not plan each time.
        int count = Integer.highestOneBit(2 * ranges.size() - 1);
        String sql = "SELECT first_seq, packed FROM ledger_body WHERE retain = ? AND on_day = ? AND ("
                + String.join(" OR ", Collections.nCopies(count, "first_seq BETWEEN ? AND ?")) + ")";
        database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, retain);
                query.setObject(2, LocalDate.ofEpochDay(day));
                for (int i = 0; i < count; i++) {
                    Range range = ranges.get(Math.min(i, ranges.size() - 1));
                    query.setLong(2 * i + 3, range.low);
                    query.setLong(2 * i + 4, range.high);
                }
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

    List<SealedDisclosures> disclosures(String retain, long day, long seq) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT classification, data_key, ciphertext"
                    + " FROM ledger_disclosure WHERE retain = ? AND on_day = ? AND seq = ? ORDER BY classification")) {
                query.setString(1, retain);
                query.setObject(2, LocalDate.ofEpochDay(day));
                query.setLong(3, seq);
                List<SealedDisclosures> found = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new SealedDisclosures(rows.getString(1), rows.getLong(2), rows.getBytes(3)));
                    }
                }
                return found;
            }
        });
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

    private static Optional<StoredCheckpoint> checkpoint(Connection connection, String which) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT size, root, at_millis, fully, note FROM ledger_checkpoint " + which);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(StoredCheckpoint.of(rows)) : Optional.empty();
        }
    }
}
