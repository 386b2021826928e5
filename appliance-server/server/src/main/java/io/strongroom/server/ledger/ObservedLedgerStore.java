package io.strongroom.server.ledger;

import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store whose commits are observed. */
final class ObservedLedgerStore implements LedgerStore {
    private final LedgerStore store;
    private final List<CommitObserver> observers;

    ObservedLedgerStore(LedgerStore store, List<CommitObserver> observers) {
        this.store = store;
        this.observers = List.copyOf(observers);
    }

    @Override
    public void commit(Group group) throws SQLException {
        long began = System.nanoTime();
        store.commit(group);
        long nanos = System.nanoTime() - began;
        for (CommitObserver observer : observers) {
            observer.committed(group, nanos);
        }
    }

    @Override
    public Head open() throws SQLException {
        return store.open();
    }

    @Override
    public Head reopen() throws SQLException {
        return store.reopen();
    }

    @Override
    public Map<IdempotencyKey, KnownKey> known(Collection<IdempotencyKey> keys) throws SQLException {
        return store.known(keys);
    }

    @Override
    public Map<Long, Long> highest(Collection<Long> highs) throws SQLException {
        return store.highest(highs);
    }

    @Override
    public boolean stillWriter() {
        return store.stillWriter();
    }

    @Override
    public Optional<byte[]> chain() throws SQLException {
        return store.chain();
    }

    @Override
    public void close() {
        store.close();
    }
}
