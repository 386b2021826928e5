package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.Draft;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A ledger on a real database, opened, closed and opened again. */
final class LedgerFixture implements AutoCloseable {
    static final LedgerSettings SETTINGS = LedgerSettings.DEFAULT;

    /** What outlives a ledger that is closed and opened again. */
    record World(MutableClock clock, Drafts drafts, TestKeys keys, MemoryObjects objects) {
        static World fresh() {
            return new World(
                    new MutableClock(Instant.parse("2026-11-21T10:00:00Z")),
                    new Drafts(),
                    new TestKeys("strongroom.test"),
                    new MemoryObjects());
        }
    }

    final Database database;
    final World world;
    final MutableClock clock;
    final Drafts drafts;
    final AtomicReference<@Nullable String> halted = new AtomicReference<>();
    final OpenLedger ledger;

    LedgerFixture(Database database) {
        this(database, World.fresh(), SETTINGS);
    }

    LedgerFixture(Database database, World world, LedgerSettings settings) {
        this(database, world, settings, OpenLedger.store(database, TestDatabases.TENANT));
    }

    LedgerFixture(Database database, World world, LedgerSettings settings, LedgerStore store) {
        this.database = database;
        this.world = world;
        this.clock = world.clock;
        this.drafts = world.drafts;
        OpenLedger.Parts parts = new OpenLedger.Parts(
                settings,
                database,
                TestDatabases.TENANT,
                drafts,
                world.keys,
                world.objects,
                clock,
                clock::nanos,
                (sentence, cause) -> halted.compareAndSet(null, sentence));
        this.ledger = OpenLedger.open(parts, store);
        ledger.start();
    }

    /** The same ledger after a clean end. */
    LedgerFixture reopen() {
        close();
        return new LedgerFixture(database, world, SETTINGS);
    }

    List<AppendOutcome> append(Draft... some) {
        return append(List.of(some));
    }

    List<AppendOutcome> append(List<Draft> some) {
        return append(some, List.of());
    }

    List<AppendOutcome> append(List<Draft> some, List<RidingRow> rows) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (CompletableFuture<AppendOutcome> answer : ledger.sequencer().append(some, rows)) {
            outcomes.add(answer.orTimeout(60, TimeUnit.SECONDS).join());
        }
        return outcomes;
    }

    /** All rows as stored, from the tables alone; the chain is checked from the first entry on. */
    static List<LedgerReader.Row> stored(Database database, boolean bodies) {
        LedgerTables tables = new LedgerTables(database);
        Head head = tables.head();
        StoredLedgerReader reader = new StoredLedgerReader(new CommittedTail(head, -1, 0), tables);
        List<LedgerReader.Row> rows = new ArrayList<>();
        Digest[] leaf = {Digest.ZERO};
        reader.read(0, head.size(), bodies, row -> {
            if (!row.entry().prev().equals(leaf[0])) {
                throw new AssertionError("the chain is broken at " + row.entry().seq());
            }
            leaf[0] = row.leaf();
            rows.add(row);
            return true;
        });
        if (!head.leaf().equals(leaf[0])) {
            throw new AssertionError("the head is not the last entry's");
        }
        Frontier frontier = new Frontier();
        rows.forEach(row -> frontier.append(row.leaf()));
        if (!frontier.root().equals(head.root())) {
            throw new AssertionError("the head's frontier is not that of its entries");
        }
        return rows;
    }

    /** A row that says {@code text}, in a table that takes any. */
    static RidingRow riding(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RidingRow(
                "INSERT INTO device_batch_signed (tenant_id, digest, cose) VALUES (?, ?, ?)",
                List.of(TestDatabases.TENANT.value(), Digest.of(bytes).bytes(), bytes));
    }

    /** What {@link #riding} rows that are stored say. */
    static Set<String> ridden(Database database) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT cose FROM device_batch_signed")) {
                Set<String> texts = new TreeSet<>();
                while (rows.next()) {
                    texts.add(new String(rows.getBytes(1), StandardCharsets.UTF_8));
                }
                return texts;
            }
        });
    }

    /** The ids of the data keys that are stored. */
    static Set<Long> storedKeys(Database database) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id FROM data_key")) {
                Set<Long> keys = new TreeSet<>();
                while (rows.next()) {
                    keys.add(rows.getLong(1));
                }
                return keys;
            }
        });
    }

    /** The ids of the data keys that stored disclosures name. */
    static Set<Long> neededKeys(Database database) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT first_seq, packed FROM ledger_disclosure")) {
                Set<Long> keys = new TreeSet<>();
                while (rows.next()) {
                    DisclosureDecoder.unpack(
                            rows.getLong(1),
                            rows.getBytes(2),
                            (seq, disclosures) -> disclosures.forEach(each -> keys.add(each.dataKey())));
                }
                return keys;
            }
        });
    }

    static Receipt receipt(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended appended -> appended.receipt();
            case AppendOutcome.Replayed replayed -> replayed.receipt();
            case AppendOutcome.Conflict conflict -> conflict.first();
        };
    }

    Optional<LedgerReader.Row> find(long seq) {
        return ledger.reader().find(seq);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
