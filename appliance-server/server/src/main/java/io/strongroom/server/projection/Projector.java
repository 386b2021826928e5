package io.strongroom.server.projection;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.follow.LedgerFollower;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import java.time.InstantSource;
import java.util.Map;

/** Follows the ledger and keeps the read models that questions are answered from. */
public final class Projector extends LedgerFollower<ProjectionState> {
    private static final long LINGER_MILLIS = 100;

    /** After a batch of a crowd, the rest of the segment is waited for: what lies behind the last one is written twice. */
    private static final long CROWD_LINGER_MILLIS = 500;

    private static final int CROWD = Segment.SIZE / 8;
    private static final int[] NONE = {};

    private final Database database;
    private final LedgerReader reader;
    private final String tenant;
    private final ProjectionStore store;

    // Owned by the projector's thread.
    private final ProjectionBatch batch = new ProjectionBatch();
    private Tail tail = Tail.EMPTY;
    private long lastAt;

    public Projector(Database database, LedgerReader reader, TenantId tenant, InstantSource clock) {
        super("projector", reader, clock);
        this.database = requireNonNull(database, "database is null");
        this.reader = reader;
        this.tenant = tenant.value();
        store = new ProjectionStore(
                this.tenant,
                switch (database.engine()) {
                    case POSTGRESQL -> new PostgresRows();
                    case H2 -> new H2Rows();
                });
    }

    @Override
    protected ProjectionState load() {
        return database.owner(connection -> {
            tail = Tail.ofStored(store.tail(connection));
            return ProjectionStore.state(connection, tenant);
        });
    }

    @Override
    protected boolean fits(ProjectionState now) {
        return tail.fits(now.cursor());
    }

    @Override
    protected ProjectionState clear(long until) {
        ProjectionState empty = database.owner(connection -> {
            store.clear(connection, until);
            return ProjectionStore.state(connection, tenant);
        });
        tail = Tail.EMPTY;
        return empty;
    }

    @Override
    protected void forget() {
        store.forget();
    }

    /** A whole segment is written once. */
    @Override
    protected long worthwhile(long cursor) {
        return Segment.firstSeqOf(cursor) + Segment.SIZE;
    }

    @Override
    protected long lingerMillis() {
        return batch.size() < CROWD ? LINGER_MILLIS : CROWD_LINGER_MILLIS;
    }

    @Override
    protected void take(ProjectionState now) {
        fill(now.cursor(), Math.min(reader.size(), worthwhile(now.cursor())));
        append(now);
    }

    private void fill(long from, long to) {
        batch.begin(from);
        try {
            Map<Long, int[]> findable = reader.findable(from, to);
            reader.read(from, to, true, row -> {
                batch.add(row, findable.getOrDefault(row.entry().seq(), NONE));
                lastAt = row.entry().at();
                return !batch.isFull();
            });
        } catch (LedgerDamagedException damaged) {
            // What came before the damage is projected now. Then the damaged entry itself comes first.
            if (batch.size() == 0) {
                fillDamaged(from);
            }
        }
        if (batch.size() == 0) {
            throw new IllegalStateException("the ledger gave no entry " + from + ", although it has it");
        }
    }

    private void fillDamaged(long seq) {
        try {
            reader.read(seq, seq + 1, true, row -> {
                batch.add(row);
                return false;
            });
        } catch (LedgerDamagedException damaged) {
            batch.addDamaged(seq, lastAt);
        }
    }

    private void append(ProjectionState now) {
        Tail grown = tail.append(batch.tail());
        boolean appended = database.owner(connection -> {
            boolean mine = store.append(connection, now, batch, grown);
            if (!mine) {
                connection.rollback();
            }
            return mine;
        });
        if (!appended) {
            throw new IllegalStateException("another process moves the read models' watermark too");
        }
        store.committed(batch);
        tail = grown.committed(batch.endSeq());
        moved(new ProjectionState(
                batch.endSeq(), now.generation(), now.rebuildUntil(), now.unreadable() + batch.unprojectable()));
    }
}
