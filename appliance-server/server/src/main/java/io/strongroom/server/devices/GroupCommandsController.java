package io.strongroom.server.devices;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.devices.DeviceCommands.AskedOfGroup;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;

/** Takes what officers ask of all devices of a group, so many at a time. */
@Controller("/api/v1/devices/groups/{name}/commands")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class GroupCommandsController {
    private final DeviceCommands commands;

    GroupCommandsController(DeviceCommands commands) {
        this.commands = commands;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> ask(HttpRequest<?> request, Caller caller, @PathVariable String name, @Body byte[] body) {
        CommandsController.Asked asked =
                JsonBody.read(body, CommandsController.MEMBERS, CommandsController.Asked::fromJson);
        if (asked.order() instanceof DeviceOrder.Resend) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "A range of sequences is one device's: ask that device.");
        }
        String after = request.getParameters().get("after");
        AskedOfGroup group = commands.askGroup(caller, name, after == null ? "" : after, asked.order(), asked.life());
        List<Json> items = group.asked().stream().<Json>map(commands::wire).toList();
        List<Json> notAsked = group.notAsked().stream()
                .<Json>map(each -> Json.object()
                        .put("device", each.device())
                        .put("why", each.why())
                        .build())
                .toList();
        return HttpResponse.ok(Json.object()
                .put("items", new Json.Arr(items))
                .put("notAsked", new Json.Arr(notAsked))
                .put("next", group.next())
                .build()
                .bytes());
    }
}
