package io.strongroom.server.devices;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.JsonBody;
import java.util.List;
import java.util.Set;

/** The devices' authority, and how an officer has it replaced. */
@Controller("/api/v1/devices/authority")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class AuthorityController {
    private final DeviceRegistry registry;
    private final RollOver rollOver;

    AuthorityController(DeviceRegistry registry, RollOver rollOver) {
        this.registry = registry;
        this.rollOver = rollOver;
    }

    /** Those that are trusted, the oldest first, and how many devices depend on each. */
    @Get
    @Allow({Scope.ADMIN, Scope.READ})
    @AllowPeople(DeviceOperations.READ)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> show() {
        List<Json> items = registry.trusted().stream()
                .<Json>map(authority -> Json.object()
                        .put("fingerprint", authority.fingerprint().toString())
                        .put(
                                "subject",
                                authority
                                        .certificate()
                                        .getSubjectX500Principal()
                                        .getName())
                        .put("madeAt", Rfc3339.format(authority.madeAt()))
                        .put(
                                "until",
                                Rfc3339.format(
                                        authority.certificate().getNotAfter().getTime()))
                        .put("devices", registry.holders(authority.id()))
                        .build())
                .toList();
        return HttpResponse.ok(
                Json.object().put("items", new Json.Arr(items)).build().bytes());
    }

    @Post("/roll-over")
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> begin(Caller caller) {
        rollOver.begin(caller);
        return show();
    }

    @Post("/roll-over/end")
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> end(Caller caller, @Body byte[] body) {
        rollOver.end(caller, JsonBody.read(body, Set.of("leaveBehind"), AuthorityController::leaveBehind));
        return show();
    }

    private static boolean leaveBehind(Json.Obj json) {
        return switch (json.get("leaveBehind").orElse(Json.of(false))) {
            case Json.Bool said -> said.value();
            default -> throw new JsonShapeException("leaveBehind", "true or false");
        };
    }
}
