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
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.DeviceCommand;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives a device its commands, and takes what came of them. */
@Controller("/api/v1/device/commands")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class DeviceCommandsController {
    private final DeviceCommands commands;

    DeviceCommandsController(DeviceCommands commands) {
        this.commands = commands;
    }

    /** Long poll: commands that the device does not name in {@code known}, once there are any, or none after a while. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> poll(HttpRequest<?> request, Caller caller) {
        List<Json> items;
        try {
            items = commands.await(caller.id(), known(request.getParameters().get("known"))).stream()
                    .<Json>map(DeviceCommand::toJson)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.OVERLOADED, "The appliance is being stopped.", e);
        }
        return HttpResponse.ok(
                Json.object().put("items", new Json.Arr(items)).build().bytes());
    }

    private static Set<String> known(@Nullable String parameter) {
        if (parameter == null || parameter.isEmpty()) {
            return Set.of();
        }
        String[] ids = parameter.split(",", DeviceCommand.MOST_KNOWN + 1);
        for (String id : ids) {
            if (!DeviceCommand.isId(id)) {
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "The parameter known is at most " + DeviceCommand.MOST_KNOWN
                                + " ids of commands, with commas between them.");
            }
        }
        return Set.copyOf(List.of(ids).stream().distinct().toList());
    }

    @Post("/{id}/outcome")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> outcome(Caller caller, @PathVariable String id, @Body byte[] body) {
        commands.settle(caller, id, JsonBody.read(body, CommandOutcome.MEMBERS, CommandOutcome::fromJson));
        return HttpResponse.noContent();
    }
}
