package io.strongroom.server.ledger;

import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The writer's side of what is stored. One thread uses it, but for {@link #stillWriter}.
 *
 * <p>Readers go through {@link LedgerTables}.
 */
interface LedgerStore extends AutoCloseable {

    /**
     * Becomes the one writer: takes the lock, raises the epoch, and reads the head behind everything that an earlier
     * writer may still have committed.
     *
     * @throws io.strongroom.server.settings.StartRefusedException if another process holds the ledger
     */
    Head open() throws SQLException;

    /**
     * After a failure whose outcome is not known: connects anew, makes sure that the transaction that failed has
     * ended one way or the other, and reads the head, which is durable then.
     */
    Head reopen() throws SQLException;

    /** Which of the keys came before. One query. */
    Map<IdempotencyKey, KnownKey> known(Collection<IdempotencyKey> keys) throws SQLException;

    /** The highest second half of the keys that have one of the first halves; nothing for one that has no key. */
    Map<Long, Long> highest(Collection<Long> highs) throws SQLException;

    /**
     * Commits a group in one transaction; returns only once it is on disk.
     *
     * @throws FencedException if the head is not {@code group.before()}: nothing was written, and this process is no
     *     longer the writer
     * @throws SQLException whatever else; the outcome is unknown
     */
    void commit(Group group) throws SQLException;

    /** Whether the lock is still held, as far as can be told; a lock that was lost is taken again where it is free. */
    boolean stillWriter();

    /** The state of the day's chain as stored last: by {@link Group#chain()}. */
    Optional<byte[]> chain() throws SQLException;

    @Override
    void close();
}
