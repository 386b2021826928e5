package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory whose commits fail as they are told: before, or after they have taken effect. */
final class MemoryStore implements LedgerStore {
    enum Fault {
        NONE,
        BEFORE_COMMIT,
        REPLY_LOST,
        KEYS_UNREADABLE
    }

    final List<Group> groups = new ArrayList<>();
    final Map<IdempotencyKey, KnownKey> keys = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private Head head = Head.empty(0);

    synchronized void fail(Fault fault) {
        faults.add(fault);
    }

    private boolean due(Fault fault) {
        return faults.remove(fault);
    }

    synchronized Receipt receipt(long seq) {
        for (Group group : groups) {
            if (seq < group.after().size()) {
                return group.receipt((int) (seq - group.first()));
            }
        }
        throw new IllegalArgumentException("no entry " + seq);
    }

    @Override
    public synchronized Head open() {
        head = Head.empty(1);
        return head;
    }

    @Override
    public synchronized Head reopen() {
        return head;
    }

    @Override
    public synchronized Map<IdempotencyKey, KnownKey> known(Collection<IdempotencyKey> asked) throws SQLException {
        if (due(Fault.KEYS_UNREADABLE)) {
            throw new SQLException("the connection broke");
        }
        Map<IdempotencyKey, KnownKey> known = new HashMap<>();
        for (IdempotencyKey key : asked) {
            KnownKey found = keys.get(key);
            if (found != null) {
                known.put(key, found);
            }
        }
        return known;
    }

    @Override
    public synchronized Map<Long, Long> highest(Collection<Long> highs) throws SQLException {
        if (due(Fault.KEYS_UNREADABLE)) {
            throw new SQLException("the connection broke");
        }
        Map<Long, Long> highest = new HashMap<>();
        for (IdempotencyKey key : keys.keySet()) {
            if (highs.contains(key.high())) {
                highest.merge(key.high(), key.low(), Math::max);
            }
        }
        return highest;
    }

    @Override
    public synchronized void commit(Group group) throws SQLException {
        if (due(Fault.BEFORE_COMMIT)) {
            throw new SQLException("the connection broke before the commit");
        }
        if (!head.same(group.before())) {
            throw new FencedException(group.before());
        }
        head = group.after();
        groups.add(group);
        for (int i = 0; i < group.count(); i++) {
            Draft draft = group.drafts().get(i);
            IdempotencyKey key = draft.key();
            if (key != null && keys.put(key, new KnownKey(group.first() + i, key.mac())) != null) {
                throw new AssertionError("a key was inserted twice");
            }
        }
        if (due(Fault.REPLY_LOST)) {
            throw new SQLException("the reply was lost");
        }
    }

    @Override
    public boolean stillWriter() {
        return true;
    }

    @Override
    public Optional<byte[]> chain() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
