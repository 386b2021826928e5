package io.strongroom.server.ledger;

import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The ledger's parts, opened in order: writer, recovery, sequencer, checkpointer. Closing ends them in the other order.
 */
final class OpenLedger implements AutoCloseable {
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);
    private static final Duration BACKEND_PATIENCE = Duration.ofSeconds(30);

    private final LedgerStore store;
    private final CommittedTail tail;
    private final LedgerTables tables;
    private final StoredLedgerReader reader;
    private final Sequencer sequencer;
    private final Checkpointer checkpointer;

    private OpenLedger(
            LedgerStore store,
            CommittedTail tail,
            LedgerTables tables,
            StoredLedgerReader reader,
            Sequencer sequencer,
            Checkpointer checkpointer) {
        this.store = store;
        this.tail = tail;
        this.tables = tables;
        this.reader = reader;
        this.sequencer = sequencer;
        this.checkpointer = checkpointer;
    }

    /** What the ledger is opened with. */
    record Parts(
            LedgerSettings settings,
            Database database,
            TenantId tenant,
            SystemRecords records,
            SigningKeys keys,
            ObjectStore objects,
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
        TileStore tileStore = new TileStore(parts.objects);
        try {
            return open(parts, store, tileStore);
        } catch (SQLException e) {
            throw closing(
                    store,
                    tileStore,
                    new StartRefusedException(Reason.DATABASE, "The ledger cannot be opened: " + e.getMessage(), e));
        } catch (IOException e) {
            throw closing(
                    store,
                    tileStore,
                    new StartRefusedException(
                            Reason.LEDGER,
                            "The newest checkpoint cannot be read from the object store: " + e.getMessage(),
                            e));
        } catch (LedgerDamagedException e) {
            throw closing(
                    store,
                    tileStore,
                    new StartRefusedException(
                            Reason.LEDGER, "The ledger is damaged: " + e.getMessage() + ". Restore the database.", e));
        } catch (RuntimeException e) {
            throw closing(store, tileStore, e);
        }
    }

    private static RuntimeException closing(LedgerStore store, TileStore tiles, RuntimeException e) {
        tiles.close();
        store.close();
        return e;
    }

    private static OpenLedger open(Parts parts, LedgerStore store, TileStore tileStore)
            throws SQLException, IOException {
        StoreOwner owner = new StoreOwner(parts.objects, parts.keys.origin());
        owner.require();
        Head head = store.open();
        CheckpointTable checkpoints = new CheckpointTable(parts.database, parts.tenant);
        CommittedTail tail = new CommittedTail(head, checkpoints.lastSeal(), parts.settings.tailBytes());
        LedgerTables tables = new LedgerTables(parts.database);
        StoredLedgerReader reader = new StoredLedgerReader(tail, tables);
        Recovery.Recovered recovered = Recovery.chain(store, reader, head);
        LogRecovery.Recovered log = new LogRecovery(parts.keys, tileStore, tail, reader)
                .recover(tables.newestCheckpoint(), new CheckpointMirror(parts.objects).newest());
        owner.claim();
        ClockWatch watch = new ClockWatch(parts.clock, parts.monotonicNanos);
        if (head.size() > 0) {
            watch.compareWith(head.at());
        }
        Seals seals = new Seals(parts.tenant, parts.records, parts.keys);
        GroupBuilder builder = new GroupBuilder(seals, head, recovered.chain(), recovered.storedAt());
        Sequencer sequencer = new Sequencer(parts.settings, store, builder, tail, reader::receipts, watch, parts.halt);
        LedgerUpkeep upkeep =
                new LedgerUpkeep(store, parts.database, sequencer, parts.clock, parts.settings.keyDays(), parts.halt);
        Optional<StoredCheckpoint> newestFull = tables.newestFullCheckpoint();
        Checkpointer checkpointer = new Checkpointer(
                parts.keys,
                tail,
                log.tiles(),
                tileStore,
                checkpoints,
                parts.objects,
                upkeep,
                parts.clock,
                parts.halt,
                new PublishedLog(log.newest().orElseGet(() -> first(parts.keys)), log.partials(), tileStore),
                newestFull.orElse(null));
        return new OpenLedger(store, tail, tables, reader, sequencer, checkpointer);
    }

    /** What a log says that has said nothing yet: that it is empty, which every later tree continues. */
    private static StoredCheckpoint first(SigningKeys keys) {
        byte[] note = new Checkpoint(keys.origin().value(), 0, Rfc9162.EMPTY_ROOT)
                .sign(keys.checkpointSigners().toArray(NoteSigner[]::new))
                .bytes();
        return new StoredCheckpoint(0, Rfc9162.EMPTY_ROOT, 0, false, note);
    }

    void start() {
        sequencer.start();
        checkpointer.start();
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

    Checkpointer checkpointer() {
        return checkpointer;
    }

    @Override
    public void close() {
        sequencer.close();
        checkpointer.close();
        store.close();
    }
}
