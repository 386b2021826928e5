package io.strongroom.server.packs;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import io.strongroom.policies.Quota;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.packs.ExportJob.Ready;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packs that were asked for: each waits, is made, is ready for a day, and is then made again when it is asked for.
 *
 * <p>A pack belongs to the token that asked for it, for it holds what that reader may see: to any other it does not
 * exist.
 */
public final class Exports implements MeterSource, AutoCloseable {
    /** What their keys are for. */
    static final String PURPOSE = "export-spool";

    /** What of theirs is wrapped. */
    public static final WrappedRows WRAPPED = new WrappedRows(
            "export_job",
            "id",
            "key_generation",
            "wrapped_key",
            List.of("spool"),
            row -> SpoolKeys.associated(PURPOSE, row.getString("spool")));

    /** How long a made pack is kept. */
    static final Duration KEPT = Duration.ofHours(24);

    /** Packs of one caller that may wait or be made at a time. */
    static final int MAX_UNFINISHED_OF_ONE = 10;

    static final int MAX_UNFINISHED = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    private static final Duration ROOM = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int ID_RANDOM = 10;

    private final ExportTable table;
    private final Spool spool;
    private final SpoolKeys keys;
    private final ExportRunner runner;
    private final ExportTrail trail;
    private final ExportRights rights;
    private final ChosenRecords chosen;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("exports-housekeeping").daemon().factory());

    Exports(
            ExportTable table,
            Spool spool,
            SpoolKeys keys,
            ExportRunner runner,
            ExportTrail trail,
            ExportRights rights,
            ChosenRecords chosen,
            InstantSource clock,
            RandomGenerator random) {
        this.table = table;
        this.spool = spool;
        this.keys = keys;
        this.runner = runner;
        this.trail = trail;
        this.rights = rights;
        this.chosen = chosen;
        this.clock = clock;
        this.random = random;
    }

    /** Takes up what an earlier process left: nothing that was asked for is forgotten, nothing half made is kept. */
    void start() throws IOException {
        table.requeueRunning();
        Set<String> kept = table.in(ExportState.READY).stream()
                .map(job ->
                        requireNonNull(job.ready(), "a ready pack has a spool").spool())
                .collect(Collectors.toSet());
        spool.sweep(kept);
        table.in(ExportState.QUEUED).forEach(job -> runner.submit(job.id()));
        var unused =
                housekeeping.scheduleWithFixedDelay(this::expireDue, 0, HOUSEKEEPING.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Asks for a pack.
     *
     * @throws ProblemException if policy does not let the caller, the selection cannot be used, or too many packs wait
     *     already
     */
    public ExportStatus request(Caller caller, ExportRequest request) {
        io.strongroom.policies.Caller who = requireAsk(caller, request);
        ExportJob job = queued(caller, who, request);
        runner.submit(job.id());
        return job.status();
    }

    /** One after another, so that two who ask at once are not both the last that may. */
    private synchronized ExportJob queued(Caller caller, io.strongroom.policies.Caller who, ExportRequest request) {
        requireRoom(caller, rights.quota(who));
        byte[] tail = new byte[ID_RANDOM];
        random.nextBytes(tail);
        long now = clock.millis();
        ExportJob job = new ExportJob(
                RecordId.of(now, tail).toString(),
                caller.id(),
                caller.name(),
                who,
                request,
                ExportState.QUEUED,
                now,
                null,
                0,
                0,
                null,
                null);
        trail.requested(job);
        table.insert(job);
        return job;
    }

    private void requireRoom(Caller caller, Quota quota) {
        int unfinished = table.unfinished(caller.id());
        if (unfinished >= MAX_UNFINISHED_OF_ONE || table.unfinished(null) >= MAX_UNFINISHED) {
            throw tooMany("At most " + MAX_UNFINISHED_OF_ONE + " packs of one caller, and " + MAX_UNFINISHED
                    + " in all, may wait or be made at a time.");
        }
        if (unfinished >= quota.exportsAtOnce().orElse(MAX_UNFINISHED_OF_ONE)) {
            throw tooMany(quota.rule() + " allows " + quota.exportsAtOnce().orElseThrow()
                    + " packs that wait or are made at a time.");
        }
    }

    private static ProblemException tooMany(String detail) {
        return new ProblemException(ProblemType.EXPORT_CONCURRENCY_EXCEEDED, detail).retryAfter(ROOM);
    }

    @Override
    public void describe(Meters meters) {
        runner.describe(meters);
    }

    /**
     * Refuses what a request for this would be refused for.
     *
     * @return who asks, as policy sees them
     */
    public io.strongroom.policies.Caller requireAsk(Caller caller, ExportRequest request) {
        try {
            new SelectionFilter(request.selection());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "the selection's times are not RFC 3339 in UTC", e);
        }
        io.strongroom.policies.Caller who = Reader.exporting(caller);
        rights.requireAsk(who, request);
        var unused = chosen.places(request.selection());
        return who;
    }

    /**
     * A page of packs, the newest first.
     *
     * @param all everybody's, or the caller's own
     * @param before the id that the page before ended with; null for the first page
     */
    public List<ExportSummary> list(Caller caller, boolean all, @Nullable String before, int limit) {
        return table.newest(all ? null : caller.id(), before, limit).stream()
                .map(job -> job.summary(
                        runner.withProgress(job.status()), job.reader().equals(caller.id())))
                .toList();
    }

    /** Where a pack is on its way. */
    public ExportStatus status(Caller caller, String id) {
        ExportJob job = own(caller, id);
        if (isOver(job)) {
            expire(job);
            job = own(caller, id);
        }
        return runner.withProgress(job.status());
    }

    /** Cancels a pack, or throws a ready one away. What is settled already stays as it is. */
    public void cancel(Caller caller, String id) {
        ExportJob job = own(caller, id);
        if (table.cancel(id)) {
            runner.stop(id);
            discard(job);
            trail.cancelled(job, caller);
        }
    }

    /**
     * A ready pack.
     *
     * @throws ProblemException if it is not ready, or not for the caller any more. One that has expired is then being made
     *     again
     */
    public ReadyPack content(Caller caller, String id) {
        ExportJob job = own(caller, id);
        rights.requireStill(caller, job);
        Ready ready = job.ready();
        if (ready != null && !isOver(job) && spool.has(ready.spool())) {
            return new ReadyPack(job, ready, caller, trail, spool, keys);
        }
        if (ready != null) {
            expire(job);
        }
        throw switch (own(caller, id).state()) {
            case CANCELLED -> new ProblemException(ProblemType.EXPORT_EXPIRED, "The pack was cancelled.");
            case FAILED ->
                new ProblemException(ProblemType.EXPORT_NOT_READY, "The pack could not be made; its status says why.");
            case EXPIRED -> again(id);
            case QUEUED, RUNNING, READY -> notReady("The pack is being made.");
        };
    }

    private ProblemException again(String id) {
        if (table.move(id, ExportState.EXPIRED, ExportState.QUEUED)) {
            runner.submit(id);
        }
        return notReady("The pack had expired and is being made again from the same entries and the same checkpoint.");
    }

    static ProblemException notReady(String detail) {
        return new ProblemException(ProblemType.EXPORT_NOT_READY, detail).retryAfter(SOON);
    }

    private ExportJob own(Caller caller, String id) {
        return table.find(id)
                .filter(job -> job.reader().equals(caller.id()))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "You have asked for no such pack."));
    }

    private boolean isOver(ExportJob job) {
        Ready ready = job.ready();
        return ready != null && ready.expiresAt() <= clock.millis();
    }

    /** Lets go of the packs whose day is over. */
    void expireDue() {
        try {
            table.expired(clock.millis()).forEach(this::expire);
        } catch (DatabaseException e) {
            // Their files stay for another minute; nobody gets them, since each reading looks at the time itself.
            LOG.warn("Expired packs could not be looked up and are tried again in a minute", e);
        }
    }

    private void expire(ExportJob job) {
        if (table.expire(job.id())) {
            discard(job);
        }
    }

    private void discard(ExportJob job) {
        Ready ready = job.ready();
        if (ready != null) {
            try {
                spool.delete(ready.spool());
            } catch (IOException e) {
                // Its key is gone already, and the next start deletes it.
                LOG.warn("What is left of the export {} could not be deleted", job.id(), e);
            }
        }
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
        runner.close();
    }
}
