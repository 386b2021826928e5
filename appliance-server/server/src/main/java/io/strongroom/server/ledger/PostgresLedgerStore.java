package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.privacy.NewDataKey;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in PostgreSQL: binary {@code COPY}, or one statement for a small group, and a fence of an advisory lock and
 * the writer's epoch (design §1).
 */
final class PostgresLedgerStore implements LedgerStore {
    private static final Logger log = LoggerFactory.getLogger(PostgresLedgerStore.class);
    private static final int STATEMENT_MILLIS = 60_000;
    private static final long POLL_MILLIS = 20;
    private static final String LOCK_KEY = "hashtextextended('strongroom.ledger ' || current_schema(), 0)";

    private final Database database;
    private final String tenant;
    private final Duration lockPatience;
    private final Duration backendPatience;
    private final WriterLock lock;
    private final BlockEncoder blocks = new BlockEncoder();
    private final BodyEncoder bodies = new BodyEncoder();
    private final DisclosureEncoder disclosures = new DisclosureEncoder();
    private final CopyTuples tuples = new CopyTuples();
    private final BodyPartitions partitions = new BodyPartitions();

    // The sequencer's thread. Null before open(); the writer that failed stays until its backend is known to be gone.
    private @Nullable Writer writer;

    /**
     * @param lockPatience how long to wait for an earlier process to let go of the ledger
     * @param backendPatience how long to wait for the backend of a broken connection to end
     */
    PostgresLedgerStore(Database database, TenantId tenant, Duration lockPatience, Duration backendPatience) {
        this.database = database;
        this.tenant = tenant.value();
        this.lockPatience = lockPatience;
        this.backendPatience = backendPatience;
        this.lock = new WriterLock(database, LOCK_KEY);
    }

    /** The connection that commits, and the server's process behind it, which a pid alone does not name for ever. */
    private record Writer(
            Connection connection,
            PreparedStatement move,
            PreparedStatement keys,
            GroupStatement small,
            int pid,
            Object start) {

        static Writer connect(Database database, BlockEncoder blocks, BodyEncoder bodies, DisclosureEncoder disclosures)
                throws SQLException {
            Connection connection = database.connectOwner();
            try {
                connection.setNetworkTimeout(Runnable::run, STATEMENT_MILLIS);
                try (Statement statement = connection.createStatement()) {
                    // The keys of a group are looked up one by one in their index, however large the table is.
                    statement.execute("SET enable_seqscan = off");
                    statement.execute("SET enable_hashjoin = off");
                    statement.execute("SET enable_mergejoin = off");
                }
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
                    row.next();
                    int pid = row.getInt(1);
                    String start = requireNonNull(row.getString(2), "backend_start is null");
                    return new Writer(
                            connection,
                            HeadRow.prepareMove(connection),
                            KeyQuery.prepare(connection),
                            new GroupStatement(connection, blocks, bodies, disclosures),
                            pid,
                            start);
                }
            } catch (SQLException e) {
                closeQuietly(connection);
                throw e;
            }
        }
    }

    @Override
    public Head open() throws SQLException {
        if (!lock.take(lockPatience)) {
            throw new StartRefusedException(
                    Reason.LEDGER, "Another process writes this ledger. Only one may: stop it first.");
        }
        Writer opened = Writer.connect(database, blocks, bodies, disclosures);
        writer = opened;
        Transaction.run(opened.connection, () -> HeadRow.raiseEpoch(opened.connection, tenant));
        Head head = HeadRow.read(opened.connection);
        log.info("this process writes the ledger as writer {}, from entry {} on", head.epoch(), head.size());
        return head;
    }

    @Override
    public Head reopen() throws SQLException {
        Writer failed = writer;
        Writer opened = Writer.connect(database, blocks, bodies, disclosures);
        try {
            if (failed != null) {
                // Its own end of the connection first: the backend may be waiting for us.
                closeQuietly(failed.connection);
                endBackend(opened.connection, failed);
            }
            partitions.forget();
            Head head = HeadRow.read(opened.connection);
            writer = opened;
            return head;
        } catch (SQLException e) {
            closeQuietly(opened.connection);
            throw e;
        }
    }

    /** After this the failed transaction has committed or never will. */
    private void endBackend(Connection connection, Writer failed) throws SQLException {
        long deadline = System.nanoTime() + backendPatience.toNanos();
        try (PreparedStatement terminate = connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND backend_start::text = ?")) {
            terminate.setInt(1, failed.pid);
            terminate.setObject(2, failed.start);
            while (true) {
                boolean alive;
                try (ResultSet row = terminate.executeQuery()) {
                    alive = row.next();
                }
                if (!alive) {
                    return;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new SQLException(
                            "the server's process " + failed.pid + " of a broken connection does not end");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while a broken connection's process was ending", e);
        }
    }

    private Writer writer() throws SQLException {
        if (writer == null) {
            throw new SQLException("the ledger's connection is closed");
        }
        return writer;
    }

    @Override
    public Map<IdempotencyKey, KnownKey> known(Collection<IdempotencyKey> keys) throws SQLException {
        return KeyQuery.run(writer().keys, keys);
    }

    @Override
    public Map<Long, Long> highest(Collection<Long> highs) throws SQLException {
        return KeyQuery.highest(writer().connection, highs);
    }

    @Override
    public Optional<byte[]> chain() throws SQLException {
        try (Statement statement = writer().connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT state FROM ledger_chain_state")) {
            return rows.next() ? Optional.of(requireNonNull(rows.getBytes(1))) : Optional.empty();
        }
    }

    @Override
    public void commit(Group group) throws SQLException {
        Writer open = writer();
        Map<String, Shelf> shelves = shelves(open.connection, group);
        if (GroupStatement.fits(group)) {
            open.small.commit(group);
        } else {
            Transaction.run(open.connection, () -> copy(open, group, shelves));
        }
    }

    private void copy(Writer open, Group group, Map<String, Shelf> shelves) throws SQLException {
        HeadRow.move(open.move, group);
        NewDataKey.insert(open.connection, tenant, group.newKeys());
        RidingRow.write(open.connection, group.rows());
        copyBlocks(open.connection, group);
        for (Map.Entry<String, Shelf> shelf : shelves.entrySet()) {
            copyPacked(open.connection, group, shelf.getKey(), shelf.getValue().bodies, bodies);
            String partition = shelf.getValue().disclosures;
            if (partition != null) {
                copyPacked(open.connection, group, shelf.getKey(), partition, disclosures);
            }
        }
        copyKeys(open.connection, group);
        ChainRows.store(open.connection, tenant, group);
    }

    /** The partitions of one retention class and the group's day. */
    private record Shelf(String bodies, @Nullable String disclosures) {}

    private Map<String, Shelf> shelves(Connection connection, Group group) throws SQLException {
        long day = DayChain.day(group.at());
        Map<String, Shelf> shelves = new LinkedHashMap<>();
        for (Draft draft : group.drafts()) {
            Shelf shelf = shelves.get(draft.retain());
            if (shelf == null) {
                shelf = new Shelf(partitions.name(connection, "ledger_body", draft.retain(), day), null);
                shelves.put(draft.retain(), shelf);
            }
            if (shelf.disclosures == null && !draft.disclosures().isEmpty()) {
                String name = partitions.name(connection, "ledger_disclosure", draft.retain(), day);
                shelves.put(draft.retain(), new Shelf(shelf.bodies, name));
            }
        }
        return shelves;
    }

    private void copyBlocks(Connection connection, Group group) throws SQLException {
        tuples.copy(
                connection,
                "COPY ledger_block (first_seq, tenant_id, packed) FROM STDIN (FORMAT binary)",
                rows -> blocks.encode(
                        group,
                        (first, packed) ->
                                rows.row(3).int8(first).text(tenant).bytea(packed.array(), packed.length())));
    }

    private void copyPacked(Connection connection, Group group, String retain, String partition, Packing packing)
            throws SQLException {
        long day = DayChain.day(group.at());
        tuples.copy(
                connection,
                "COPY " + partition + " (first_seq, on_day, retain, tenant_id, packed) FROM STDIN (FORMAT binary)",
                rows -> packing.encode(group, retain, (first, packed) -> rows.row(5)
                        .int8(first)
                        .date(day)
                        .text(retain)
                        .text(tenant)
                        .bytea(packed.array(), packed.length())));
    }

    private void copyKeys(Connection connection, Group group) throws SQLException {
        long day = DayChain.day(group.at());
        tuples.copy(
                connection,
                "COPY ledger_key_run (key_high, key_low, on_day, packed, tenant_id) FROM STDIN (FORMAT binary)",
                rows -> KeyRuns.encode(group, (high, low, run) -> rows.row(5)
                        .int8(high)
                        .int8(low)
                        .date(day)
                        .bytea(run.array(), run.length())
                        .text(tenant)));
    }

    @Override
    public boolean stillWriter() {
        return lock.stillHeld();
    }

    @Override
    public void close() {
        Writer open = writer;
        writer = null;
        if (open != null) {
            closeQuietly(open.connection);
        }
        bodies.close();
        lock.close();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a connection did not close tidily: {}", e.getMessage());
        }
    }
}
