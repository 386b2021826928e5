package io.strongroom.server.projection;

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
import io.strongroom.server.follow.FollowerStatus;

/** {@code /api/v1/projection}: how far the read models are, and making them again. */
@Controller("/api/v1/projection")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProjectionController {
    private final Projector projector;

    ProjectionController(Projector projector) {
        this.projector = projector;
    }

    @Get
    @Allow({Scope.READ, Scope.ADMIN})
    @AllowPeople("system.read")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> status() {
        return HttpResponse.ok(json(projector.status()));
    }

    @Post("/rebuild")
    @Allow(Scope.ADMIN)
    @AllowPeople("projections.rebuild")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> rebuild() {
        projector.rebuild();
        return HttpResponse.<byte[]>accepted().body(json(projector.status()));
    }

    private static byte[] json(FollowerStatus status) {
        return Json.object()
                .put("watermark", status.cursor())
                .put("ledgerSize", status.ledgerSize())
                .put("lagRecords", status.lagRecords())
                .put("lagMillis", status.lagMillis())
                .put("rebuilding", status.rebuilding())
                .put("unprojectable", status.unreadable())
                .put("failing", status.failing())
                .build()
                .bytes();
    }
}
