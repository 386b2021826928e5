package io.strongroom.server.ingest;

import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.Receipt;
import io.strongroom.server.ledger.RidingRow;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A ledger in memory, which commits at once or when it is told to. */
final class FakeLedger implements Ledger {
    private record Waiting(List<Draft> drafts, List<RidingRow> rows, List<CompletableFuture<AppendOutcome>> outcomes) {}

    private record First(Receipt receipt, byte[] mac) {}

    private final List<Draft> committed = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<IdempotencyKey, First> firsts = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private boolean holding;
    private int capacity = Integer.MAX_VALUE;
    private Consumer<List<RidingRow>> rider = rows -> {};
    private Runnable afterCommit = () -> {};

    /** From now on commits only with {@link #commit()}. */
    synchronized void hold() {
        holding = true;
    }

    /** How many drafts may wait. */
    synchronized void capacity(int drafts) {
        capacity = drafts;
    }

    /** What writes the rows that ride with records. */
    synchronized void rider(Consumer<List<RidingRow>> writer) {
        rider = writer;
    }

    /** What comes between a commit and its answer. */
    synchronized void afterCommit(Runnable work) {
        afterCommit = work;
    }

    @Override
    public synchronized List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows) {
        if (waiting() + drafts.size() > capacity) {
            throw new QueueFullException(Duration.ofMillis(1500));
        }
        sizes.add(drafts.size());
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        drafts.forEach(draft -> outcomes.add(new CompletableFuture<>()));
        waiting.add(new Waiting(drafts, rows, outcomes));
        if (!holding) {
            commit();
        }
        return outcomes;
    }

    /** Commits what waits. */
    synchronized void commit() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        for (Waiting each : all) {
            // Both or neither: what the writer of rows throws comes before anything is there.
            if (each.drafts().stream().noneMatch(draft -> firsts.containsKey(draft.key()))) {
                rider.accept(each.rows());
            }
            List<AppendOutcome> decided =
                    each.drafts().stream().map(this::decide).toList();
            afterCommit.run();
            for (int i = 0; i < decided.size(); i++) {
                each.outcomes().get(i).complete(decided.get(i));
            }
        }
    }

    /** Fails what waits. */
    synchronized void fail(RuntimeException failure) {
        waiting.forEach(each -> each.outcomes().forEach(outcome -> outcome.completeExceptionally(failure)));
        waiting.clear();
    }

    private AppendOutcome decide(Draft draft) {
        IdempotencyKey key = draft.key();
        First first = key == null ? null : firsts.get(key);
        if (key != null && first != null) {
            return Arrays.equals(first.mac(), key.mac())
                    ? new AppendOutcome.Replayed(first.receipt())
                    : new AppendOutcome.Conflict(first.receipt(), first.mac(), key.mac());
        }
        Receipt receipt = new Receipt(draft.id(), committed.size(), draft.digest());
        committed.add(draft);
        if (key != null) {
            firsts.put(key, new First(receipt, key.mac()));
        }
        return new AppendOutcome.Appended(receipt);
    }

    synchronized List<Draft> committed() {
        return List.copyOf(committed);
    }

    synchronized int waiting() {
        return waiting.stream().mapToInt(each -> each.drafts().size()).sum();
    }

    /** How many drafts each call brought. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }
}
