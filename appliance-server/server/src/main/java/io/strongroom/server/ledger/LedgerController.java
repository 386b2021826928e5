package io.strongroom.server.ledger;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Checkpoints and proofs for programs that are not clients of tlog-tiles. */
@Controller("/api/v1/ledger")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow
final class LedgerController {
    private static final Duration LONG_POLL = Duration.ofSeconds(10);
    private static final Duration NEXT_CHECKPOINT = Duration.ofSeconds(1);
    private static final long CONFIRM_SECONDS = 30;

    private final PublishedLogs logs;
    private final Checkpoints checkpoints;
    private final Cosignatures cosignatures;
    private final LedgerReader reader;
    private final RecordLookup lookup;
    private final Sequencer sequencer;
    private final SystemRecords records;
    private final Clock clock;

    LedgerController(
            PublishedLogs logs,
            Checkpoints checkpoints,
            Cosignatures cosignatures,
            LedgerReader reader,
            RecordLookup lookup,
            Sequencer sequencer,
            SystemRecords records,
            Clock clock) {
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.cosignatures = cosignatures;
        this.reader = reader;
        this.lookup = lookup;
        this.sequencer = sequencer;
        this.records = records;
        this.clock = clock;
    }

    /** The newest checkpoint, once it covers {@code minSize} entries or after ten seconds. */
    @Get("/checkpoint")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> checkpoint(@QueryValue @Nullable Long minSize) {
        try {
            return LogController.note(cosignatures.on(checkpoints.await(minSize == null ? 0 : minSize, LONG_POLL)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.LEDGER_UNAVAILABLE, "The appliance is being stopped.", e);
        }
    }

    /**
     * The proof (C2SP tlog-proof) that a record stands in the log, up to a checkpoint that witnesses cosigned lately, or, if
     * none covers it, up to the newest.
     */
    @Get("/proof/{recordId}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> proof(@PathVariable String recordId) {
        long seq = seq(recordId);
        PublishedLog log = logs.newest();
        requireCovered(log, seq + 1);
        LedgerReader.Row row = reader.find(seq).orElseThrow();
        StoredCheckpoint checkpoint = cosignatures
                .covering(seq + 1)
                .filter(witnessed -> witnessed.size() <= log.checkpoint().size())
                .orElse(log.checkpoint());
        long size = checkpoint.size();
        TlogProof proof = TlogProof.of(
                row.entry().leafData(), InclusionProof.of(log.hashes(size), seq, size), cosignatures.on(checkpoint));
        return HttpResponse.ok(proof.bytes()).contentType(new MediaType("text/plain; charset=utf-8"));
    }

    private long seq(String recordId) {
        RecordId id;
        try {
            id = RecordId.parse(recordId);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "A record id has 26 characters: " + e.getMessage() + ".");
        }
        OptionalLong seq = lookup.seqOf(id);
        if (seq.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The ledger has no record of this id.");
        }
        return seq.getAsLong();
    }

    private static void requireCovered(PublishedLog log, long size) {
        if (log.checkpoint().size() < size) {
            throw new ProblemException(
                            ProblemType.NOT_YET_PROVABLE,
                            "The newest checkpoint covers " + log.checkpoint().size() + " entries, not " + size + ".")
                    .retryAfter(NEXT_CHECKPOINT);
        }
    }

    /** The proof that the log of {@code to} entries continues that of {@code from}; {@code to} may be left out. */
    @Get("/consistency")
    @AllowDevices
    @Produces(MediaType.APPLICATION_JSON)
    byte[] consistency(@QueryValue long from, @QueryValue @Nullable Long to) {
        PublishedLog log = logs.newest();
        long size = to == null ? log.checkpoint().size() : to;
        if (from < 0 || from > size) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The parameter from must be from 0 to " + size + ", the size of to.");
        }
        requireCovered(log, size);
        ConsistencyProof proof = ConsistencyProof.of(log.hashes(size), from, size);
        List<String> path = proof.path().stream().map(LedgerController::base64).toList();
        return Json.object()
                .put("from", from)
                .put("to", size)
                .put("fromRoot", base64(Frontier.of(log.hashes(size), from).root()))
                .put("toRoot", base64(Frontier.of(log.hashes(size), size).root()))
                .putTexts("hashes", path)
                .build()
                .bytes();
    }

    private static String base64(Digest hash) {
        return Base64.getEncoder().encodeToString(hash.bytes());
    }

    /** An operator says that the clock is right; the ledger goes on, and records it first. */
    @Post("/clock/confirm")
    @Allow(Scope.ADMIN)
    @AllowPeople(value = "system.manage", stepUp = true)
    @Produces(MediaType.APPLICATION_JSON)
    byte[] confirmClock(Caller caller) {
        String jump = sequencer.clockJump().orElse(null);
        if (jump == null) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "The clock waits for no confirmation.");
        }
        long now = clock.millis();
        Draft confirmation = records.draft(
                "system.clock",
                new SystemRecords.Event(
                        now,
                        "Clock.Confirmed",
                        "success",
                        caller.type(),
                        caller.id(),
                        "Clock",
                        "wall-clock",
                        Map.of("jump", jump, "clock", Rfc3339.format(now))));
        AppendOutcome outcome = await(confirmation);
        Receipt receipt =
                switch (outcome) {
                    case AppendOutcome.Appended appended -> appended.receipt();
                    case AppendOutcome.Replayed replayed -> replayed.receipt();
                    case AppendOutcome.Conflict conflict -> conflict.first();
                };
        return Json.object()
                .put("recordId", receipt.recordId().toString())
                .put("seq", receipt.seq())
                .put("jump", jump)
                .build()
                .bytes();
    }

    private AppendOutcome await(Draft confirmation) {
        try {
            return sequencer.confirmClock(confirmation).get(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.LEDGER_UNAVAILABLE, "The appliance is being stopped.", e);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new ProblemException(
                    ProblemType.LEDGER_UNAVAILABLE,
                    "The confirmation could not be recorded: look at the clock again.",
                    e);
        }
    }
}
