package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.privacy.NewDataKey;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in a file of H2's, for trying out. One process: the file's own lock keeps others away.
 *
 * <p>A COMMIT of H2's may still be in the operating system's memory: {@code CHECKPOINT SYNC} after it brings it to the
 * disk, before anybody is answered.
 */
final class H2LedgerStore implements LedgerStore {
    private final Database database;
    private final String tenant;
    private final BlockEncoder encoder = new BlockEncoder();
    private final BodyEncoder bodies = new BodyEncoder();
    private final DisclosureEncoder disclosures = new DisclosureEncoder();

    // The sequencer's thread. Null before open() and after a failure.
    private @Nullable Connection connection;

    H2LedgerStore(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    @Override
    public Head open() throws SQLException {
        Connection opened = connect();
        Head head = HeadRow.raiseEpoch(opened, tenant);
        opened.commit();
        sync(opened);
        return head;
    }

    /** Closing the old connection ends its transaction, one way or the other: it lives in this process. */
    @Override
    public Head reopen() throws SQLException {
        disconnect();
        Connection opened = connect();
        // What is visible may not be on the disk yet, as the failure may have come between COMMIT and sync.
        sync(opened);
        Head head = HeadRow.read(opened);
        opened.commit();
        return head;
    }

    private Connection connect() throws SQLException {
        Connection opened = database.connectOwner();
        opened.setAutoCommit(false);
        connection = opened;
        return opened;
    }

    private static void sync(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            throw new SQLException("the ledger's connection is closed");
        }
        return connection;
    }

    @Override
    public Map<IdempotencyKey, KnownKey> known(Collection<IdempotencyKey> keys) throws SQLException {
        try (PreparedStatement query = KeyQuery.prepare(connection())) {
            return KeyQuery.run(query, keys);
        } finally {
            connection().rollback();
        }
    }

    @Override
    public Map<Long, Long> highest(Collection<Long> highs) throws SQLException {
        try {
            return KeyQuery.highest(connection(), highs);
        } finally {
            connection().rollback();
        }
    }

    @Override
    public Optional<byte[]> chain() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT state FROM ledger_chain_state")) {
            return rows.next() ? Optional.of(requireNonNull(rows.getBytes(1))) : Optional.empty();
        }
    }

    @Override
    public void commit(Group group) throws SQLException {
        Connection open = connection();
        try (PreparedStatement move = HeadRow.prepareMove(open)) {
            HeadRow.move(move, group);
            NewDataKey.insert(open, tenant, group.newKeys());
            RidingRow.write(open, group.rows());
            insertBlocks(open, group);
            insertPacked(open, group, "ledger_body", bodies);
            insertPacked(open, group, "ledger_disclosure", disclosures);
            insertKeys(open, group);
            ChainRows.store(open, tenant, group);
        } catch (FencedException e) {
            open.rollback();
            throw e;
        }
        open.commit();
        sync(open);
    }

    private void insertBlocks(Connection open, Group group) throws SQLException {
        try (PreparedStatement insert =
                open.prepareStatement("INSERT INTO ledger_block (first_seq, tenant_id, packed) VALUES (?, ?, ?)")) {
            encoder.encode(group, (first, packed) -> {
                insert.setLong(1, first);
                insert.setString(2, tenant);
                insert.setBytes(3, packed.toBytes());
                insert.addBatch();
            });
            insert.executeBatch();
        }
    }

    private void insertPacked(Connection open, Group group, String table, Packing packing) throws SQLException {
        LocalDate day = LocalDate.ofEpochDay(DayChain.day(group.at()));
        Set<String> classes = group.drafts().stream().map(Draft::retain).collect(Collectors.toSet());
        try (PreparedStatement insert = open.prepareStatement(
                "INSERT INTO " + table + " (first_seq, on_day, retain, tenant_id, packed) VALUES (?, ?, ?, ?, ?)")) {
            boolean[] any = {false};
            for (String retain : classes) {
                packing.encode(group, retain, (first, packed) -> {
                    insert.setLong(1, first);
                    insert.setObject(2, day);
                    insert.setString(3, retain);
                    insert.setString(4, tenant);
                    insert.setBytes(5, packed.toBytes());
                    insert.addBatch();
                    any[0] = true;
                });
            }
            if (any[0]) {
                insert.executeBatch();
            }
        }
    }

    private void insertKeys(Connection open, Group group) throws SQLException {
        LocalDate day = LocalDate.ofEpochDay(DayChain.day(group.at()));
        try (PreparedStatement insert = open.prepareStatement(
                "INSERT INTO ledger_key_run (key_high, key_low, on_day, packed, tenant_id) VALUES (?, ?, ?, ?, ?)")) {
            boolean[] any = {false};
            KeyRuns.encode(group, (high, low, run) -> {
                insert.setLong(1, high);
                insert.setLong(2, low);
                insert.setObject(3, day);
                insert.setBytes(4, run.toBytes());
                insert.setString(5, tenant);
                insert.addBatch();
                any[0] = true;
            });
            if (any[0]) {
                insert.executeBatch();
            }
        }
    }

    @Override
    public boolean stillWriter() {
        return true;
    }

    @Override
    public void close() {
        disconnect();
        bodies.close();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            System.getLogger(H2LedgerStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "the ledger's connection did not close tidily", e);
        }
    }
}
