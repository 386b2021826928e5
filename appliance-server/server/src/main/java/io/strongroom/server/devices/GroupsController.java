package io.strongroom.server.devices;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups that devices are enrolled into. */
@Controller("/api/v1/devices/groups")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class GroupsController {
    private final Database database;
    private final Changes changes;

    GroupsController(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    @Get
    @Allow({Scope.ADMIN, Scope.READ})
    @AllowPeople(DeviceOperations.READ)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list() {
        List<Json> items = database.read(DeviceGroup::all).stream()
                .<Json>map(GroupsController::wire)
                .toList();
        return HttpResponse.ok(
                Json.object().put("items", new Json.Arr(items)).build().bytes());
    }

    /** Makes a group, or changes whether an officer has to let its devices in. */
    @Put("/{name}")
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> put(Caller caller, @PathVariable String name, @Body byte[] body) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "A group's name is 1 to 64 of a-z 0-9 . _ - and begins with a letter or a digit.");
        }
        boolean approval = JsonBody.read(body, Set.of("approval"), GroupsController::approval);
        DeviceGroup group = changes.make(change -> {
            DeviceGroup.put(change, name, approval, caller.id());
            changes.record(caller, "DeviceGroup.Set", "DeviceGroup", name, Map.of("approval", approval));
            return DeviceGroup.find(change.connection(), name).orElseThrow();
        });
        return HttpResponse.ok(wire(group).bytes());
    }

    private static boolean approval(Json.Obj json) {
        return switch (json.get("approval").orElse(Json.of(""))) {
            case Json.Bool said -> said.value();
            default -> throw new JsonShapeException("approval", "true or false");
        };
    }

    private static Json.Obj wire(DeviceGroup group) {
        return Json.object()
                .put("name", group.name())
                .put("approval", group.approval())
                .put("madeBy", group.madeBy())
                .build();
    }
}
