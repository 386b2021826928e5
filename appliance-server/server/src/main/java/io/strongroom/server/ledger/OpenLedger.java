package io.strongroom.server.ledger;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The ledger's parts, opened in order: writer, recovery, sequencer. Closing ends them in the other order. */
final class OpenLedger implements AutoCloseable {
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);
    private static final Duration BACKEND_PATIENCE = Duration.ofSeconds(30);

    private final LedgerStore store;
    private final CommittedTail tail;
    private final LedgerTables tables;
    private final StoredLedgerReader reader;
    private final Sequencer sequencer;
    private final Head openedAt;

    private OpenLedger(
            LedgerStore store,
            CommittedTail tail,
            LedgerTables tables,
            StoredLedgerReader reader,
            Sequencer sequencer,
            Head openedAt) {
        this.store = store;
        this.tail = tail;
        this.tables = tables;
        this.reader = reader;
        this.sequencer = sequencer;
        this.openedAt = openedAt;
    }

    /** What the ledger is opened with. */
    record Parts(
            LedgerSettings settings,
            Database database,
            TenantId tenant,
            SystemRecords records,
            Supplier<List<String>> signingKeyIds,
            Clock clock,
            LongSupplier monotonicNanos,
            ProcessHalt halt) {}

    static LedgerStore store(Database database, TenantId tenant) {
        return switch (database.engine()) {
            case H2 -> new H2LedgerStore(database, tenant);
            case POSTGRESQL -> new PostgresLedgerStore(database, tenant, LOCK_PATIENCE, BACKEND_PATIENCE);
        };
    }

    /**
     * Becomes the writer and recovers; nothing is sequenced before {@link #start}.
     *
     * @throws StartRefusedException if the ledger is not what it should be, or another process writes it
     */
    static OpenLedger open(Parts parts, LedgerStore store) {
        try {
            Head head = store.open();
            CommittedTail tail = new CommittedTail(head, parts.settings.tailBytes());
            LedgerTables tables = new LedgerTables(parts.database);
            StoredLedgerReader reader = new StoredLedgerReader(tail, tables);
            Recovery.Recovered recovered = Recovery.chain(store, reader, head);
            ClockWatch watch = new ClockWatch(parts.clock, parts.monotonicNanos);
            if (head.size() > 0) {
                watch.compareWith(head.at());
            }
            Seals seals = new Seals(parts.tenant, parts.records, parts.signingKeyIds);
            GroupBuilder builder = new GroupBuilder(seals, head, recovered.chain(), recovered.storedAt());
            Sequencer sequencer =
                    new Sequencer(parts.settings, store, builder, tail, reader::receipts, watch, parts.halt);
            return new OpenLedger(store, tail, tables, reader, sequencer, head);
        } catch (SQLException e) {
            store.close();
            throw new StartRefusedException(Reason.DATABASE, "The ledger cannot be opened: " + e.getMessage(), e);
        } catch (LedgerDamagedException e) {
            store.close();
            throw new StartRefusedException(
                    Reason.LEDGER, "The ledger is damaged: " + e.getMessage() + ". Restore the database.", e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    void start() {
        sequencer.start();
    }

    Sequencer sequencer() {
        return sequencer;
    }

    StoredLedgerReader reader() {
        return reader;
    }

    CommittedTail tail() {
        return tail;
    }

    LedgerTables tables() {
        return tables;
    }

    LedgerStore store() {
        return store;
    }

    /** The head when this process became the writer. */
    Head openedAt() {
        return openedAt;
    }

    @Override
    public void close() {
        sequencer.close();
        store.close();
    }
}
