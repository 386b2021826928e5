package io.strongroom.server.ledger;

import io.strongroom.server.database.Database;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ledger needs from time to time: a look at the clock, at the lock, and forgetting old idempotency keys. */
final class LedgerUpkeep implements Checkpointer.Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(LedgerUpkeep.class);
    private static final long LOCK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PURGE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PURGE_ROWS = 5_000;

    private final LedgerStore store;
    private final Database database;
    private final Sequencer sequencer;
    private final Clock clock;
    private final int keyDays;
    private final ProcessHalt halt;

    // The checkpointer's thread alone. After a full portion of old keys another follows soon, else a day later.
    private long nextLockNanos = System.nanoTime();
    private long nextPurgeNanos = System.nanoTime();

    LedgerUpkeep(
            LedgerStore store, Database database, Sequencer sequencer, Clock clock, int keyDays, ProcessHalt halt) {
        this.store = store;
        this.database = database;
        this.sequencer = sequencer;
        this.clock = clock;
        this.keyDays = keyDays;
        this.halt = halt;
    }

    @Override
    public void tick() {
        sequencer.observeClock();
        long now = System.nanoTime();
        if (now - nextLockNanos >= 0) {
            nextLockNanos = now + LOCK_EVERY_NANOS;
            if (!store.stillWriter()) {
                halt.halt("another process has taken over the ledger; this one must not write any more", null);
            }
        }
        if (now - nextPurgeNanos >= 0 && sequencer.clockJump().isEmpty()) {
            int purged = purgeKeys();
            nextPurgeNanos = now + (purged < PURGE_ROWS ? TimeUnit.HOURS.toNanos(1) : PURGE_EVERY_NANOS);
        }
    }

    /** Forgets a portion of the keys that are older than they are kept; gives how many. */
    int purgeKeys() {
        LocalDate before = LocalDate.ofEpochDay(DayChain.day(clock.millis()) - keyDays);
        String delete =
                switch (database.engine()) {
                    case POSTGRESQL ->
                        "DELETE FROM ledger_key_run WHERE ctid = ANY(ARRAY("
                                + "SELECT ctid FROM ledger_key_run WHERE on_day < ? LIMIT " + PURGE_ROWS + "))";
                    case H2 -> "DELETE FROM ledger_key_run WHERE on_day < ? FETCH FIRST " + PURGE_ROWS + " ROWS ONLY";
                };
        int purged = database.owner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setObject(1, before);
                return statement.executeUpdate();
            }
        });
        if (purged > 0) {
            log.info("{} runs of idempotency keys from before {} were forgotten", purged, before);
        }
        return purged;
    }
}
