package io.strongroom.server.devices;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes what officers ask of a device, and shows them what came of it. */
@Controller("/api/v1/devices/{id}/commands")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class CommandsController {
    private static final int PAGE = 100;
    private static final long A_DAY = 24 * 60;
    private static final long MOST_MINUTES = 7 * A_DAY;
    static final Set<String> MEMBERS = members();

    private final DeviceCommands commands;
    private final DeviceRegistry registry;

    CommandsController(DeviceCommands commands, DeviceRegistry registry) {
        this.commands = commands;
        this.registry = registry;
    }

    private static Set<String> members() {
        Set<String> members = new HashSet<>(DeviceOrder.MEMBERS);
        members.add("minutes");
        return Set.copyOf(members);
    }

    /** What is asked for, and until when. */
    record Asked(DeviceOrder order, Duration life) {
        static Asked fromJson(Json.Obj json) {
            long minutes = json.optionalInteger("minutes").orElse(A_DAY);
            if (minutes < 1 || minutes > MOST_MINUTES) {
                throw new JsonShapeException("minutes", "a number from 1 to " + MOST_MINUTES);
            }
            return new Asked(DeviceOrder.fromJson(json), Duration.ofMinutes(minutes));
        }
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> ask(Caller caller, @PathVariable String id, @Body byte[] body) {
        Asked asked = JsonBody.read(body, MEMBERS, Asked::fromJson);
        CommandRow command = commands.ask(caller, id, asked.order(), asked.life());
        return HttpResponse.created(commands.wire(command).bytes());
    }

    /** A page, the newest first. */
    @Get
    @Allow({Scope.ADMIN, Scope.READ})
    @AllowPeople(DeviceOperations.READ)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request, @PathVariable String id) {
        if (registry.device(id) == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id.");
        }
        List<CommandRow> page = commands.list(id, request.getParameters().get("after"), PAGE + 1);
        List<Json> items = page.stream().limit(PAGE).<Json>map(commands::wire).toList();
        return HttpResponse.ok(Json.object()
                .put("items", new Json.Arr(items))
                .put("next", page.size() > PAGE ? page.get(PAGE - 1).id() : null)
                .build()
                .bytes());
    }
}
