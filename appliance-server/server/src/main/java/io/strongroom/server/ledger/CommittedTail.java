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
    private volatile long lastSeal;
    // Guarded by lock.
    private long nudges;
    // The sequencer's thread alone: the sum over groups.
    private long weight;

    /** @param lastSeal the seq of the last seal's entry; −1 while there is none */
    CommittedTail(Head head, long lastSeal, long maxWeight) {
        this.head = head;
        this.lastSeal = lastSeal;
        this.maxWeight = maxWeight;
    }

    /** Takes a group that is committed. */
    void add(Group group) {
        groups.put(group.first(), group);
        weight += group.weight();
        while (weight > maxWeight && !groups.isEmpty()) {
            weight -= groups.pollFirstEntry().getValue().weight();
        }
        SealedChain seal = group.seal();
        if (seal != null) {
            lastSeal = seal.sealSeq();
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

    /** The seq of the last seal's entry; −1 while there is none. */
    long lastSeal() {
        return lastSeal;
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

    /** How often {@link #nudge} was called. */
    long nudges() {
        lock.lock();
        try {
            return nudges;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waiting of those who wait for work, though there is no growth. */
    void nudge() {
        lock.lock();
        try {
            nudges++;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for more than {@code size} entries, or for a nudge after the {@code nudges} that the caller knows of, at most
     * {@code millis}.
     */
    void awaitWork(long size, long nudges, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (head.size() <= size && this.nudges == nudges && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
