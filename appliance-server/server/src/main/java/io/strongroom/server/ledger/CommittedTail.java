package io.strongroom.server.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The head as committed, and the groups before it, as far as they fit in memory: those who follow the ledger find there
 * what they look for.
 *
 * <p>One thread adds; any thread reads.
 */
final class CommittedTail {
    private final long maxWeight;
    // By first seq. A group is here before the head that covers it shows.
    private final ConcurrentSkipListMap<Long, Group> groups = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();

    private volatile Head head;
    // The sequencer's thread alone: the sum over groups.
    private long weight;

    CommittedTail(Head head, long maxWeight) {
        this.head = head;
        this.maxWeight = maxWeight;
    }

    /** Takes a group that is committed. */
    void add(Group group) {
        groups.put(group.first(), group);
        weight += group.weight();
        while (weight > maxWeight && !groups.isEmpty()) {
            weight -= groups.pollFirstEntry().getValue().weight();
        }
        head = group.after();
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Head head() {
        return head;
    }

    /** The group with the entry {@code seq}, where it is still in memory. */
    Optional<Group> group(long seq) {
        Map.Entry<Long, Group> found = groups.floorEntry(seq);
        return found != null && seq < found.getValue().after().size()
                ? Optional.of(found.getValue())
                : Optional.empty();
    }

    /** Groups still in memory, the newest first. */
    Iterable<Group> newestFirst() {
        return groups.descendingMap().values();
    }

    /** Waits until there are more than {@code size} entries, at most {@code millis}. */
    boolean awaitGrowth(long size, long millis) throws InterruptedException {
        if (head.size() > size) {
            return true;
        }
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (head.size() <= size && left > 0) {
                left = grown.awaitNanos(left);
            }
            return head.size() > size;
        } finally {
            lock.unlock();
        }
    }
}
