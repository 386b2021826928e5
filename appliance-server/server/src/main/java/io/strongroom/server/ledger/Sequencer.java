package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.Digest;
import io.strongroom.server.privacy.NewDataKey;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer (design §1). A thread of its own takes what waits, places it, and commits it in one transaction; while
 * that runs, the next group gathers. There is no timer.
 *
 * <p>Nobody is answered before the commit that decided the answer is on disk. A commit whose outcome is not known is
 * resolved by what the database says afterwards, never by a guess; where that is impossible the process ends and the
 * callers are told that the outcome is unknown. Repeating with the same key is always safe.
 */
public final class Sequencer implements Ledger, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sequencer.class);

    private enum State {
        NEW,
        RUNNING,
        CLOCK_JUMP,
        STOPPED
    }

    private final LedgerSettings settings;
    private final LedgerStore store;
    private final GroupBuilder builder;
    private final CommittedTail tail;
    private final FirstAnswers firstAnswers;
    private final ClockWatch watch;
    private final ProcessHalt halt;
    private final IntakeQueue queue;
    private final HighestKeys highest;
    private final Thread thread;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    Sequencer(
            LedgerSettings settings,
            LedgerStore store,
            GroupBuilder builder,
            CommittedTail tail,
            FirstAnswers.Receipts firstReceipts,
            ClockWatch watch,
            ProcessHalt halt) {
        this.settings = settings;
        this.store = store;
        this.builder = builder;
        this.tail = tail;
        this.firstAnswers = new FirstAnswers(firstReceipts);
        this.watch = watch;
        this.halt = halt;
        this.queue = new IntakeQueue(settings);
        this.highest = new HighestKeys(store, HighestKeys.MOST_SOURCES);
        this.thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);
    }

    /** Starts to sequence; with a clock that cannot be trusted, only after {@link #confirmClock}. */
    void start() {
        if (!state.compareAndSet(State.NEW, State.RUNNING)) {
            throw new IllegalStateException("the sequencer was started before");
        }
        watch.jump().ifPresent(this::stopForClock);
        thread.start();
    }

    @Override
    public List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows) {
        requireNonNull(drafts, "drafts is null");
        requireNonNull(rows, "rows is null");
        for (Draft draft : drafts) {
            requireEntry(draft);
        }
        return drafts.isEmpty() ? List.of() : queue.offer(drafts, rows);
    }

    /** Here rather than on the sequencer's thread, where it would be everybody's failure. */
    private static void requireEntry(Draft draft) {
        requireNonNull(Group.entry(draft, 0, 0, Digest.ZERO), "no entry");
    }

    /** How many drafts wait. */
    public int waiting() {
        return queue.size();
    }

    /** The weight in bytes of what waits. */
    public long waitingBytes() {
        return queue.weight();
    }

    /** Whether drafts are taken in: false once stopped, and while the clock waits for an operator. */
    public boolean running() {
        return state.get() == State.RUNNING;
    }

    /** What is wrong with the clock, for an operator to confirm. */
    public Optional<String> clockJump() {
        return state.get() == State.CLOCK_JUMP ? watch.jump() : Optional.empty();
    }

    /**
     * Goes on with the clock as it is, and records that an operator said so.
     *
     * @param confirmation the record of it; the first to be written
     * @throws IllegalStateException if the clock waits for nobody
     */
    public CompletableFuture<AppendOutcome> confirmClock(Draft confirmation) {
        if (!state.compareAndSet(State.CLOCK_JUMP, State.RUNNING)) {
            throw new IllegalStateException("the clock needs no confirmation");
        }
        watch.confirm();
        CompletableFuture<AppendOutcome> answer = queue.reopen(confirmation);
        log.info("the clock was confirmed by an operator; the ledger takes records again");
        return answer;
    }

    /** Looks at the clock though nothing is written; to be called about once a second. */
    void observeClock() {
        watch.observe();
    }

    private void run() {
        try {
            List<Pending> taken = queue.take();
            while (!taken.isEmpty()) {
                sequence(taken);
                taken = queue.take();
            }
        } catch (InterruptedException e) {
            stop("the sequencer was interrupted", e);
        } catch (RuntimeException | Error e) {
            stop("the sequencer has failed: " + e.getMessage(), e);
        }
    }

    private void sequence(List<Pending> taken) throws InterruptedException {
        Optional<String> jump = watch.observe();
        if (jump.isPresent()) {
            stopForClock(jump.get());
            fail(taken, clockJumpException(jump.get()));
            return;
        }
        try {
            sequenceInTime(taken);
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(taken, new LedgerClosedException("the ledger has stopped before the outcome was known", e));
            throw e;
        }
    }

    private void sequenceInTime(List<Pending> taken) throws InterruptedException {
        Arrivals arrivals = new Arrivals(taken);
        Map<IdempotencyKey, KnownKey> known = known(arrivals.keyed());
        firstAnswers.repeat(arrivals.seen(known), known);
        List<Pending> fresh = arrivals.fresh(known);
        if (fresh.isEmpty()) {
            return;
        }
        Group group = builder.build(
                fresh.stream().map(pending -> pending.draft).toList(), Whole.rows(fresh), watch.wallMillis());
        Set<NewDataKey> newKeys = group.newKeys();
        commit(group);
        newKeys.forEach(NewDataKey::stored);
        highest.committed(group);
        tail.add(group);
        // A seal stands before what callers sent.
        int shift = group.count() - fresh.size();
        for (int i = 0; i < fresh.size(); i++) {
            Receipt receipt = group.receipt(i + shift);
            fresh.get(i).receipt = receipt;
            fresh.get(i).complete(new AppendOutcome.Appended(receipt));
        }
        arrivals.answerRepetitions();
    }

    private Map<IdempotencyKey, KnownKey> known(List<Draft> keyed) throws InterruptedException {
        Attempts attempts = new Attempts("asking for idempotency keys", settings, store);
        while (true) {
            try {
                List<IdempotencyKey> perhaps = highest.perhapsKnown(keyed);
                return perhaps.isEmpty() ? Map.of() : store.known(perhaps);
            } catch (SQLException e) {
                attempts.failed(e);
                requireSame(builder.head(), attempts.reopen());
            }
        }
    }

    /** Returns only when the group is on disk. A crash at any point leaves all of it there or nothing. */
    private void commit(Group group) throws InterruptedException {
        Attempts attempts = new Attempts("committing " + group.count() + " records", settings, store);
        while (true) {
            try {
                store.commit(group);
                return;
            } catch (SQLException e) {
                attempts.failed(e);
                Head found = attempts.reopen();
                if (found.same(group.after())) {
                    log.warn("the commit of {} records had succeeded; its reply was lost", group.count());
                    return;
                }
                requireSame(group.before(), found);
            }
        }
    }

    private static void requireSame(Head expected, Head found) {
        if (!found.same(expected)) {
            throw new FencedException(expected);
        }
    }

    private void stopForClock(String jump) {
        if (state.compareAndSet(State.RUNNING, State.CLOCK_JUMP)) {
            log.error("clock-jump: {}. No record is taken until an operator confirms the clock", jump);
            LedgerClosedException why = clockJumpException(jump);
            fail(queue.close(why), why);
        }
    }

    private static LedgerClosedException clockJumpException(String jump) {
        return new LedgerClosedException(
                LedgerClosedException.Reason.CLOCK_JUMP,
                "clock-jump: " + jump + "; an operator must confirm the clock",
                null);
    }

    private void stop(String sentence, @Nullable Throwable cause) {
        state.set(State.STOPPED);
        log.error("the ledger stops: {}", sentence, cause);
        LedgerClosedException why = new LedgerClosedException("the ledger has stopped: " + sentence, cause);
        fail(queue.close(why), why);
        halt.halt(sentence, cause);
    }

    private static void fail(List<Pending> pending, LedgerClosedException why) {
        for (Pending one : pending) {
            one.completeExceptionally(why);
        }
    }

    /** Takes nothing in any more, commits what waits, and ends. */
    @Override
    public void close() {
        State before = state.getAndSet(State.STOPPED);
        queue.end(new LedgerClosedException("the ledger is being stopped"));
        if (before == State.NEW || before == State.STOPPED) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
