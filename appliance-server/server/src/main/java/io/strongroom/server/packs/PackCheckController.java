package io.strongroom.server.packs;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.JsonBody;
import java.util.Set;

/** Verifies a made pack on the server. */
@Controller("/api/v1/integrity/verify/export")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.EXPORT)
final class PackCheckController {
    private final PackCheck check;

    PackCheckController(PackCheck check) {
        this.check = check;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> verify(Caller caller, @Body byte[] body) {
        String id = JsonBody.read(body, Set.of("exportId"), json -> json.text("exportId"));
        return HttpResponse.ok(PackCheck.toJson(id, check.verify(caller, id)).bytes());
    }
}
