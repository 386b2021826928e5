package io.strongroom.server.ingest;

import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BodyTooLargeException;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.record.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch on its way: a thread that reads lines and makes drafts of them ({@link #read}), and one that takes the
 * results in input order ({@link #next}), each as its group commits.
 *
 * <p>Drafts are handed to the ledger in chunks. Whoever asks for results and finds nothing under way hands over what has
 * gathered so far; so a sender that waits for each answer gets it at once, a fast one gets full chunks, and no timer is
 * needed. Reading never waits for the results to be taken, so a sender that reads its answers late, or never, blocks
 * nobody; there are at most {@link #MOST_LINES} of them.
 */
final class BatchRun {
    /** Most lines of a batch. */
    static final int MOST_LINES = 10_000;

    /** Most bytes of a batch, decoded: 64 MiB. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);
    private static final int CHUNK = 256;

    /** How many chunks of one batch are under way at once, so that one sender does not fill the ledger's queue. */
    private static final int MOST_CHUNKS = 8;

    private final RecordIntake intake;
    private final Sender sender;

    private final Object lock = new Object();

    // Guarded by lock. A line stands in lines until its result is taken; the last ones may still be gathering.
    private final Deque<BatchLine> lines = new ArrayDeque<>();
    private List<Draft> drafts = new ArrayList<>(CHUNK);
    private List<BatchLine> gathering = new ArrayList<>(CHUNK);
    private final Deque<CompletableFuture<AppendOutcome>> chunks = new ArrayDeque<>();
    private boolean finished;

    // Owned by the thread that takes the results.
    private boolean conflictNoted;

    // Owned by the reading thread.
    private int number;
    private boolean failureLogged;
    private final Set<ProblemType> noted = EnumSet.noneOf(ProblemType.class);

    BatchRun(RecordIntake intake, Sender sender) {
        this.intake = intake;
        this.sender = sender;
    }

    // --- Reading

    /**
     * Reads the batch to its end, or to where it cannot be read on; what came before stands either way. Closes the body
     * before the last result is given.
     *
     * @param decoded the decoded body, which stops at its limit
     */
    void read(InputStream decoded) {
        Examiner examiner = intake.lend();
        try (InputStream body = decoded) {
            LineReader reader = new LineReader(body);
            while (reader.next()) {
                if (number == MOST_LINES) {
                    end(Problem.of(
                            ProblemType.BATCH_TOO_LARGE,
                            "From here on nothing was read: " + MOST_LINES + " lines is the limit."));
                    return;
                }
                number++;
                line(examiner, reader);
            }
        } catch (BodyTooLargeException e) {
            end(Problem.of(
                    ProblemType.BATCH_TOO_LARGE,
                    "From here on nothing was read: " + MOST_BYTES + " bytes is the limit."));
        } catch (BodyCutException e) {
            LOG.debug("A batch was cut off after {} lines", number);
            end(Problem.of(
                    ProblemType.INVALID_PARAMETER,
                    "From here on the body is missing: it was cut, or its chunks are broken."));
        } catch (IOException e) {
            end(Problem.of(ProblemType.UNSUPPORTED_ENCODING, "From here on the body does not decode."));
        } catch (RuntimeException e) {
            LOG.error("A batch could not be read on after {} lines", number, e);
            end(Answers.failure(ProblemType.INTERNAL));
        } finally {
            intake.giveBack(examiner);
            finish();
        }
    }

    private void line(Examiner examiner, LineReader reader) throws BodyCutException {
        BatchLine line = new BatchLine(number);
        if (reader.tooLong()) {
            settle(line, refused(Problem.of(ProblemType.RECORD_TOO_LARGE, "The line is longer than a record may be.")));
            return;
        }
        Examination examination;
        try {
            examination = examiner.line(reader.buffer(), reader.offset(), reader.length(), sender);
        } catch (RuntimeException e) {
            settle(line, failed(e));
            return;
        }
        switch (examination) {
            case Examination.Accepted accepted -> gather(line, accepted.draft());
            case Examination.Refused refused -> settle(line, refused(refused.problem()));
            case Examination.PutOff putOff -> settle(line, putOff(putOff));
            case Examination.Misdirected misdirected -> settle(line, quarantined(misdirected.document()));
        }
    }

    private LineResult refused(Problem problem) {
        note(problem);
        return LineResult.refused(number, LineStatus.REJECTED, problem);
    }

    private LineResult putOff(Examination.PutOff putOff) {
        note(putOff.problem());
        return LineResult.retry(number, putOff.problem(), Answers.seconds(putOff.retryAfter()));
    }

    private void note(Problem problem) {
        problem.type().filter(IntakeGuard.NOTED::contains).filter(noted::add).ifPresent(type -> intake.guard()
                .note(sender, type, ""));
    }

    private LineResult quarantined(byte[] document) {
        try {
            String evidenceRef = intake.guard().quarantine(sender, document);
            intake.guard().note(sender, ProblemType.TENANT_MISMATCH, evidenceRef);
            return LineResult.refused(number, LineStatus.QUARANTINED, Answers.quarantined(evidenceRef));
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Our fault, not the line's: told, logged once a batch, and the next line has its own chance. */
    private LineResult failed(RuntimeException e) {
        ProblemType type = Answers.typeOf(e);
        if (!failureLogged) {
            failureLogged = true;
            LOG.error("Line {} of a batch could not be taken: {}", number, type.code(), e);
        }
        return LineResult.retry(number, Answers.failure(type), Answers.seconds(Answers.LEDGER_PAUSE));
    }

    private void settle(BatchLine line, LineResult result) {
        synchronized (lock) {
            line.settle(result);
            lines.add(line);
            lock.notifyAll();
        }
    }

    private void gather(BatchLine line, Draft draft) throws BodyCutException {
        boolean full;
        synchronized (lock) {
            lines.add(line);
            gathering.add(line);
            drafts.add(draft);
            full = drafts.size() >= CHUNK;
            lock.notifyAll();
        }
        if (full) {
            handOver();
        }
    }

    /** Hands over what has gathered. Where the queue is full, waits for what this batch has under way, then gives up. */
    private void handOver() throws BodyCutException {
        while (true) {
            CompletableFuture<AppendOutcome> oldest;
            synchronized (lock) {
                QueueFullException full = chunks.size() < MOST_CHUNKS ? append() : null;
                if (drafts.isEmpty()) {
                    return;
                }
                oldest = chunks.poll();
                if (oldest == null) {
                    putOff(full == null ? Duration.ofSeconds(1) : full.retryAfter());
                    return;
                }
            }
            awaitSettled(oldest);
        }
    }

    /** Gives the gathered drafts to the ledger. Called under the lock. @return why none was taken, or null */
    private @Nullable QueueFullException append() {
        if (drafts.isEmpty()) {
            return null;
        }
        try {
            List<CompletableFuture<AppendOutcome>> outcomes = intake.append(drafts);
            for (int i = 0; i < gathering.size(); i++) {
                gathering.get(i).appended(outcomes.get(i));
            }
            chunks.add(outcomes.getLast());
        } catch (QueueFullException e) {
            return e;
        } catch (RuntimeException e) {
            for (BatchLine line : gathering) {
                line.appended(CompletableFuture.failedFuture(e));
            }
        }
        drafts = new ArrayList<>(CHUNK);
        gathering = new ArrayList<>(CHUNK);
        return null;
    }

    /** Tells the gathered lines to come again. Called under the lock. */
    private void putOff(Duration wait) {
        Problem problem = Answers.failure(ProblemType.OVERLOADED);
        for (BatchLine line : gathering) {
            line.settle(LineResult.retry(line.number, problem, Answers.seconds(wait)));
        }
        drafts = new ArrayList<>(CHUNK);
        gathering = new ArrayList<>(CHUNK);
        lock.notifyAll();
    }

    private static void awaitSettled(CompletableFuture<AppendOutcome> outcome) throws BodyCutException {
        try {
            outcome.handle((done, failure) -> done).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BodyCutException(new IOException("interrupted", e));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a handled future failed", e);
        }
    }

    /** The last result: why nothing after this line was read. */
    private void end(Problem problem) {
        number++;
        settle(new BatchLine(number), LineResult.refused(number, LineStatus.REJECTED, problem));
    }

    private void finish() {
        try {
            handOver();
        } catch (BodyCutException e) {
            LOG.debug("A batch was stopped after {} lines", number);
        } finally {
            synchronized (lock) {
                finished = true;
                lock.notifyAll();
            }
        }
    }

    // --- Results

    /**
     * The next result in input order; waits for it.
     *
     * @return null after the last
     */
    @Nullable
    LineResult next() throws InterruptedException {
        LineResult result = await();
        if (result != null) {
            intake.counts().count(result.status());
        }
        return result;
    }

    private @Nullable LineResult await() throws InterruptedException {
        BatchLine line;
        CompletableFuture<AppendOutcome> outcome;
        synchronized (lock) {
            while (lines.isEmpty()) {
                if (finished) {
                    return null;
                }
                lock.wait();
            }
            line = lines.remove();
            if (line.result() == null && line.outcome() == null) {
                QueueFullException full = append();
                if (full != null) {
                    putOff(full.retryAfter());
                }
            }
            outcome = line.outcome();
            if (outcome == null) {
                return line.result();
            }
        }
        return result(line.number, outcome);
    }

    /** Whether {@link #next} has something that needs no waiting. */
    boolean ready() {
        synchronized (lock) {
            BatchLine line = lines.peek();
            if (line == null) {
                return false;
            }
            CompletableFuture<AppendOutcome> outcome = line.outcome();
            return line.result() != null || outcome != null && outcome.isDone();
        }
    }

    private LineResult result(int number, CompletableFuture<AppendOutcome> outcome) throws InterruptedException {
        try {
            return switch (outcome.get()) {
                case AppendOutcome.Appended it ->
                    LineResult.acknowledged(number, Answers.appended(it.receipt(), false));
                case AppendOutcome.Replayed it -> LineResult.acknowledged(number, Answers.appended(it.receipt(), true));
                case AppendOutcome.Conflict it -> conflict(number, it);
            };
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Problem problem = Answers.failure(Answers.typeOf(cause));
            return LineResult.retry(number, problem, Answers.seconds(Answers.LEDGER_PAUSE));
        }
    }

    private LineResult conflict(int number, AppendOutcome.Conflict conflict) {
        if (!conflictNoted) {
            conflictNoted = true;
            intake.guard().note(sender, ProblemType.IDEMPOTENCY_CONFLICT, "");
        }
        return LineResult.refused(number, LineStatus.CONFLICT, Answers.conflict(conflict));
    }
}
