package io.strongroom.server.packs;

import io.opentelemetry.context.Context;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.metrics.Histogram;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import io.strongroom.server.packs.ExportJob.Ready;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.HandingStream;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolFullException;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the packs, few at a time. A pack's state says where it is, and every change is a compare-and-set on it: so
 * cancelling, expiring, finishing and a second process never undo one another.
 */
final class ExportRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRunner.class);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);
    private static final int STOP_SECONDS = 10;

    private final ExportTable table;
    private final Spool spool;
    private final SpoolKeys keys;
    private final PackMaker maker;
    private final ExportTrail trail;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor threads;
    private final Tally<ExportState> outcomes = new Tally<>(ExportState.class);
    private final Histogram seconds = new Histogram(0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600);
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closing;

    ExportRunner(
            ExportTable table,
            Spool spool,
            SpoolKeys keys,
            PackMaker maker,
            ExportTrail trail,
            InstantSource clock,
            RandomGenerator random,
            int concurrency) {
        this.table = table;
        this.spool = spool;
        this.keys = keys;
        this.maker = maker;
        this.trail = trail;
        this.clock = clock;
        this.random = random;
        this.threads = new ScheduledThreadPoolExecutor(
                concurrency, Thread.ofPlatform().name("export-", 0).daemon().factory());
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Makes the pack as soon as a thread is free, if it still waits then; in the trace of whoever asked for it. */
    void submit(String id) {
        if (!closing) {
            threads.execute(Context.current().wrap(() -> run(id)));
        }
    }

    /** Stops making it, if it is being made. */
    void stop(String id) {
        Running now = running.get(id);
        if (now != null) {
            now.stopped = true;
        }
    }

    /** The status with what is known here of its progress. */
    ExportStatus withProgress(ExportStatus status) {
        Running now = running.get(status.id());
        return now == null || status.status() != ExportState.RUNNING
                ? status
                : new ExportStatus(
                        status.id(),
                        status.status(),
                        now.done,
                        now.total,
                        status.size(),
                        status.sha256(),
                        status.problem());
    }

    void describe(Meters meters) {
        meters.gauge("strongroom_exports_running", "Packs that are being made.", running.size())
                .gauge(
                        "strongroom_exports_waiting",
                        "Packs that wait to be made.",
                        threads.getQueue().size())
                .counter("strongroom_exports", "Packs that were ended, by how.", "outcome", outcomes.byLabel())
                .histogram("strongroom_export_seconds", "Time that a pack took to be made.", seconds);
    }

    private void run(String id) {
        Running now = new Running();
        running.put(id, now);
        try {
            if (table.move(id, ExportState.QUEUED, ExportState.RUNNING)) {
                table.find(id).ifPresent(job -> make(job, now));
            }
        } catch (DatabaseException e) {
            LOG.warn("The export {} waits for the database", id, e);
            later(() -> requeue(id));
        } finally {
            running.remove(id);
        }
    }

    /** The database did not answer when it had to be told how a job ended. */
    private void requeue(String id) {
        try {
            table.move(id, ExportState.RUNNING, ExportState.QUEUED);
            submit(id);
        } catch (DatabaseException e) {
            later(() -> requeue(id));
        }
    }

    private void later(Runnable task) {
        if (!closing) {
            var unused = threads.schedule(task, DATABASE_PAUSE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void make(ExportJob job, Running now) {
        try {
            FrozenInputs frozen = job.frozen();
            if (frozen == null) {
                frozen = maker.freeze(job);
                if (!table.freeze(job.id(), frozen)) {
                    return;
                }
            }
            spooled(job, frozen, now);
        } catch (ExportStoppedException e) {
            // Its state says so already; or the appliance stops, and the next start makes it again.
            LOG.info("The export {} was stopped", job.id());
        } catch (SpoolFullException e) {
            LOG.warn("The export {} has no room", job.id(), e);
            fail(
                    job,
                    Problem.of(
                            ProblemType.STORAGE_UNAVAILABLE, "There is no room for the pack on the appliance's disk."));
        } catch (ProblemException e) {
            LOG.info("The export {} cannot be made: {}", job.id(), e.getMessage());
            fail(job, e.problem());
        } catch (IllegalArgumentException e) {
            LOG.info("The export {} selects what is not there: {}", job.id(), e.getMessage());
            fail(job, Problem.of(ProblemType.INVALID_PARAMETER, "The selection lies outside the ledger."));
        } catch (KeyUnavailableException e) {
            LOG.error("The export {} needs a key that is not here", job.id(), e);
            fail(job, Problem.of(ProblemType.KEY_UNAVAILABLE, "A key that the pack needs is not here."));
        } catch (LedgerDamagedException e) {
            LOG.error("The export {} met a damaged ledger", job.id(), e);
            fail(job, Problem.of(ProblemType.INTERNAL, "An entry of the range does not match its leaf hash."));
        } catch (DatabaseException e) {
            throw e;
        } catch (IOException e) {
            if (closing) {
                // Its thread was interrupted while it read or wrote. A time-out of a connection looks the same by its
                // type.
                LOG.info("The export {} was stopped with the appliance; the next start makes it again", job.id());
                return;
            }
            LOG.error("The export {} met a disk, or an object store, that fails", job.id(), e);
            fail(
                    job,
                    Problem.of(
                            ProblemType.STORAGE_UNAVAILABLE,
                            "A disk or the object store failed while the pack was made; the appliance's log says why."));
        } catch (RuntimeException | Error e) {
            LOG.error("The export {} failed", job.id(), e);
            fail(job, Problem.of(ProblemType.INTERNAL, "The pack could not be made; the appliance's log says why."));
        }
    }

    private void spooled(ExportJob job, FrozenInputs frozen, Running now) throws IOException {
        long began = System.nanoTime();
        byte[] key = new byte[Spool.KEY_BYTES];
        random.nextBytes(key);
        // A name of its own for each attempt: an old reader keeps its file, and no key meets another's bytes.
        String name = job.id() + "-" + Long.toHexString(random.nextLong());
        boolean kept = false;
        try {
            MessageDigest sha256 = Digest.sha256();
            long size;
            try (Spool.Writing file = spool.write(name, key);
                    HandingStream out = new HandingStream(new DigestOutputStream(file, sha256), "export-spool")) {
                maker.make(job, frozen, out, now);
                out.finish();
                size = file.finish();
            }
            WrappingKeys.Wrapped wrapped = keys.wrap(name, key);
            Ready ready = new Ready(
                    name, wrapped, size, Digest.ofBytes(sha256.digest()), clock.millis() + Exports.KEPT.toMillis());
            trail.completed(job, frozen, ready);
            kept = table.ready(job.id(), now.total, ready);
            if (kept) {
                outcomes.count(ExportState.READY);
                seconds.observeNanos(System.nanoTime() - began);
            }
        } finally {
            Arrays.fill(key, (byte) 0);
            if (!kept) {
                spool.delete(name);
            }
        }
    }

    private void fail(ExportJob job, Problem problem) {
        if (table.fail(job.id(), problem)) {
            outcomes.count(ExportState.FAILED);
            trail.failed(job, problem.code());
        }
    }

    /** One pack while it is made. */
    private final class Running implements PackMaker.Progress {
        private volatile boolean stopped;
        private volatile long done;
        private volatile long total;

        @Override
        public void at(long nowDone, long nowTotal) throws ExportStoppedException {
            done = nowDone;
            total = nowTotal;
            if (stopped || closing) {
                throw new ExportStoppedException("the pack is not wanted any more");
            }
        }
    }

    /** Stops what is being made; the next start makes it again. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A pack was still being made when the appliance stopped; it is made again at the next start");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
