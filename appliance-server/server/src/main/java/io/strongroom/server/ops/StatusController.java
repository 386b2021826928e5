package io.strongroom.server.ops;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.database.Database;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.Sequencer;
import io.strongroom.server.ledger.StoredCheckpoint;
import io.strongroom.server.projection.Projector;
import io.strongroom.server.telemetry.Follower;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** {@code GET /api/v1/ops/status}: how the appliance is, on one page, for its operator. */
@Controller("/api/v1/ops/status")
@Allow({Scope.READ, Scope.ADMIN})
@AllowPeople("system.read")
@TenantNamed(TenantNamed.Where.NOWHERE)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final Readiness readiness;
    private final Sequencer sequencer;
    private final LedgerReader reader;
    private final Checkpoints checkpoints;
    private final Projector projector;
    private final Follower follower;
    private final Database database;
    private final InstantSource clock;

    StatusController(
            Readiness readiness,
            Sequencer sequencer,
            LedgerReader reader,
            Checkpoints checkpoints,
            Projector projector,
            Follower follower,
            Database database,
            InstantSource clock) {
        this.readiness = readiness;
        this.sequencer = sequencer;
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.projector = projector;
        this.follower = follower;
        this.database = database;
        this.clock = clock;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> status() throws InterruptedException {
        Map<String, String> faults = readiness.faults();
        Json.Builder parts = Json.object();
        faults.forEach(parts::put);
        return HttpResponse.ok(Json.object()
                .put("ready", faults.isEmpty())
                .put("parts", parts.build())
                .put("database", database())
                .put("ledger", ledger())
                .put("readModels", readModels())
                .put("telemetry", telemetry())
                .put("process", process())
                .build()
                .bytes());
    }

    private Json.Obj database() {
        return switch (database.engine()) {
            case POSTGRESQL ->
                Json.object()
                        .put("engine", "postgresql")
                        .put("forProduction", true)
                        .build();
            case H2 ->
                Json.object().put("engine", "h2").put("forProduction", false).build();
        };
    }

    private Json.Obj ledger() {
        StoredCheckpoint newest = checkpoints.newest();
        return Json.object()
                .put("size", reader.size())
                .put("checkpointSize", newest.size())
                .put("checkpointAt", newest.atMillis() == 0 ? null : Rfc3339.format(newest.atMillis()))
                .put("running", sequencer.running())
                .put("clockJump", sequencer.clockJump().orElse(null))
                .put("waitingRecords", sequencer.waiting())
                .put("waitingBytes", sequencer.waitingBytes())
                .build();
    }

    private Json.Obj readModels() {
        FollowerStatus status = projector.status();
        return Json.object()
                .put("watermark", status.cursor())
                .put("lagRecords", status.lagRecords())
                .put("lagMillis", status.lagMillis())
                .put("rebuilding", status.rebuilding())
                .put("failing", status.failing())
                .build();
    }

    private Json.Obj telemetry() {
        FollowerStatus status = follower.status();
        return Json.object()
                .put("cursor", status.cursor())
                .put("lagRecords", status.lagRecords())
                .put("lagMillis", status.lagMillis())
                .put("rebuilding", status.rebuilding())
                .put("unreadable", status.unreadable())
                .put("failing", status.failing())
                .build();
    }

    private Json.Obj process() {
        long started = ProcessHandle.current()
                .info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElseGet(clock::millis);
        return Json.object()
                .put("pid", ProcessHandle.current().pid())
                .put("startedAt", Rfc3339.format(started))
                .put("uptimeSeconds", Math.max(0, clock.millis() - started) / 1000)
                .put("residentBytes", ProcessMeters.residentBytes())
                .build();
    }
}
