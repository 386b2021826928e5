package io.strongroom.server.ops;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.AllowAnyone;
import java.util.Map;

/** {@code /health}: for load balancers and process supervisors, without a token. Names parts, and nothing of theirs. */
@Controller("/health")
@AllowAnyone
@Produces(MediaType.APPLICATION_JSON)
final class HealthController {
    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    /** The process answers. Another start is the cure if it does not. */
    @Get("/live")
    HttpResponse<byte[]> live() {
        return HttpResponse.ok(Json.object().put("status", "live").build().bytes());
    }

    /** The start is over: requests are answered only after it, so that an answer says it all. */
    @Get("/startup")
    HttpResponse<byte[]> startup() {
        return HttpResponse.ok(Json.object().put("status", "started").build().bytes());
    }

    /** Records can be taken and questions answered; else 503, with the parts that are not well. */
    @Get("/ready")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> ready() throws InterruptedException {
        Map<String, String> faults = readiness.faults();
        if (faults.isEmpty()) {
            return HttpResponse.ok(Json.object().put("status", "ready").build().bytes());
        }
        Json.Builder parts = Json.object();
        faults.forEach(parts::put);
        return HttpResponse.<byte[]>status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", "2")
                .body(Json.object()
                        .put("status", "not-ready")
                        .put("parts", parts.build())
                        .build()
                        .bytes());
    }
}
