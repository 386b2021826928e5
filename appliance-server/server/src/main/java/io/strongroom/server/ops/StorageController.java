package io.strongroom.server.ops;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;

/** {@code GET /api/v1/ops/storage}: what the appliance keeps, and how much room there is. */
@Controller("/api/v1/ops/storage")
@Allow({Scope.READ, Scope.ADMIN})
@AllowPeople("system.read")
@TenantNamed(TenantNamed.Where.NOWHERE)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StorageController {
    private final StorageFigures figures;

    StorageController(StorageFigures figures) {
        this.figures = figures;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> storage() {
        return HttpResponse.ok(figures.newest().toJson().bytes());
    }
}
