package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for the sequencer, bounded in records and bytes. */
final class IntakeQueue {
    private final LedgerSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();

    // Guarded by lock. weight is the sum over waiting; closed is set while nothing is taken in.
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private long weight;
    private @Nullable LedgerClosedException closed;
    private boolean ended;

    IntakeQueue(LedgerSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes all drafts or none; with rows, to be handed out together.
     *
     * @throws QueueFullException if there is no room for all
     * @throws IllegalArgumentException if there would be no room in an empty queue either
     */
    List<CompletableFuture<AppendOutcome>> offer(List<Draft> drafts, List<RidingRow> rows) {
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>(drafts.size());
        Whole whole = rows.isEmpty() ? null : Whole.of(drafts, rows);
        long added = 0;
        for (Draft draft : drafts) {
            Pending pending = new Pending(draft, whole);
            added += pending.weight;
            answers.add(pending);
        }
        if (drafts.size() > settings.queueRecords() || added > settings.queueBytes()) {
            throw new IllegalArgumentException("no more than " + settings.queueRecords() + " records and "
                    + settings.queueBytes() + " bytes can be appended at once; split them");
        }
        lock.lock();
        try {
            if (closed != null) {
                throw closed.again();
            }
            if (waiting.size() + answers.size() > settings.queueRecords() || weight + added > settings.queueBytes()) {
                throw new QueueFullException(settings.retryAfter());
            }
            for (CompletableFuture<AppendOutcome> answer : answers) {
                waiting.add((Pending) answer);
            }
            weight += added;
            filled.signal();
        } finally {
            lock.unlock();
        }
        return answers;
    }

    /**
     * Waits until something is there and takes as much as a group may hold; empty once the queue has ended. A whole is
     * never cut: one that is larger than a group may be has a group for itself.
     */
    List<Pending> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                filled.await();
            }
            List<Pending> group = new ArrayList<>(Math.min(waiting.size(), settings.groupRecords()));
            long taken = 0;
            while (!waiting.isEmpty() && group.size() < settings.groupRecords()) {
                Pending next = waiting.element();
                int count = next.whole == null ? 1 : next.whole.count();
                long more = next.whole == null ? next.weight : next.whole.weight();
                if (!group.isEmpty()
                        && (group.size() + count > settings.groupRecords() || taken + more > settings.groupBytes())) {
                    break;
                }
                taken += more;
                for (int i = 0; i < count; i++) {
                    group.add(waiting.remove());
                }
            }
            weight -= taken;
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing in from now on and gives back what waited, for the caller to tell. */
    List<Pending> close(LedgerClosedException why) {
        lock.lock();
        try {
            closed = why;
            List<Pending> left = new ArrayList<>(waiting);
            waiting.clear();
            weight = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in again after {@link #close}, {@code first} before all others. */
    CompletableFuture<AppendOutcome> reopen(Draft first) {
        Pending pending = new Pending(first, null);
        lock.lock();
        try {
            closed = null;
            waiting.add(pending);
            weight += pending.weight;
            filled.signal();
        } finally {
            lock.unlock();
        }
        return pending;
    }

    /** Takes nothing in from now on; what waits is still handed out, then {@link #take} gives an empty group. */
    void end(LedgerClosedException why) {
        lock.lock();
        try {
            closed = why;
            ended = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    long weight() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }
}
