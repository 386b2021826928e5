package io.strongroom.server.ops;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.AllowAnyone;

/** {@code GET /openapi.json}: the API's description (OpenAPI 3.1). The same for everybody, so anyone may read it. */
@Controller("/openapi.json")
@AllowAnyone
final class OpenApiController {
    private final OpenApi description;

    OpenApiController(OpenApi description) {
        this.description = description;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> openApi() {
        return HttpResponse.ok(description.json()).header("Cache-Control", "max-age=300");
    }
}
