package io.strongroom.server.telemetry;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.telemetry.ObservationBatch.Unreadable;
import java.util.List;

/** {@code /api/v1/telemetry/follower}: how far the read models of telemetry are, and making them again. */
@Controller("/api/v1/telemetry/follower")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TelemetryController {
    private final Follower follower;
    private final Database database;

    TelemetryController(Follower follower, Database database) {
        this.follower = follower;
        this.database = database;
    }

    @Get
    @Allow({Scope.READ, Scope.ADMIN})
    @AllowPeople("system.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> status() {
        List<Unreadable> listed = database.read(FollowerTable::listed);
        return HttpResponse.ok(json(follower.status())
                .put(
                        "unreadableEntries",
                        new Json.Arr(listed.stream()
                                .<Json>map(each -> Json.object()
                                        .put("seq", each.seq())
                                        .put("reason", each.reason())
                                        .build())
                                .toList()))
                .build()
                .bytes());
    }

    @Post("/rebuild")
    @Allow(Scope.ADMIN)
    @AllowPeople("projections.rebuild")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> rebuild() {
        follower.rebuild();
        return HttpResponse.<byte[]>accepted()
                .body(json(follower.status()).build().bytes());
    }

    private static Json.Builder json(FollowerStatus status) {
        return Json.object()
                .put("cursor", status.cursor())
                .put("ledgerSize", status.ledgerSize())
                .put("lagRecords", status.lagRecords())
                .put("lagMillis", status.lagMillis())
                .put("rebuilding", status.rebuilding())
                .put("unreadable", status.unreadable())
                .put("failing", status.failing());
    }
}
