package io.strongroom.server.devices;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.Standing.Decision;
import io.strongroom.server.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows officers the devices, and takes what they decide about them. */
@Controller("/api/v1/devices")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.ADMIN)
@AllowPeople(DeviceOperations.MANAGE)
final class DevicesController {
    private static final int MOST = 500;

    private final Database database;
    private final DeviceRegistry registry;
    private final Standing standing;

    DevicesController(Database database, DeviceRegistry registry, Standing standing) {
        this.database = database;
        this.registry = registry;
        this.standing = standing;
    }

    /** A page of devices, in the order of their ids. */
    @Get
    @Allow({Scope.ADMIN, Scope.READ})
    @AllowPeople(DeviceOperations.READ)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        String state = request.getParameters().get("state");
        String group = request.getParameters().get("group");
        String after = request.getParameters().get("after");
        DeviceState only = state == null ? null : state(state);
        List<DeviceRow> page = registry.devices().stream()
                .filter(device -> only == null || device.state() == only)
                .filter(device -> group == null || device.group().equals(group))
                .filter(device -> after == null || device.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(DeviceRow::id))
                .limit(MOST + 1)
                .toList();
        List<Json> items = page.stream()
                .limit(MOST)
                .<Json>map(device -> wire(device).build())
                .toList();
        return HttpResponse.ok(Json.object()
                .put("items", new Json.Arr(items))
                .put("next", page.size() > MOST ? page.get(MOST - 1).id() : null)
                .build()
                .bytes());
    }

    private static DeviceState state(String text) {
        for (DeviceState state : DeviceState.values()) {
            if (name(state).equals(text)) {
                return state;
            }
        }
        throw new ProblemException(
                ProblemType.INVALID_PARAMETER,
                "The parameter state is one of pending, active, locked, revoked and refused.");
    }

    /** A device with all the certificates that it ever had. */
    @Get("/{id}")
    @Allow({Scope.ADMIN, Scope.READ})
    @AllowPeople(DeviceOperations.READ)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> one(@PathVariable String id) {
        DeviceRow device = registry.device(id);
        if (device == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id.");
        }
        List<Json> certificates = database.read(connection -> CertificateRow.ofDevice(connection, id)).stream()
                .<Json>map(DevicesController::wire)
                .toList();
        return HttpResponse.ok(wire(device)
                .put("certificates", new Json.Arr(certificates))
                .build()
                .bytes());
    }

    @Post("/{id}/approve")
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> approve(Caller caller, @PathVariable String id) {
        return decided(caller, id, Decision.APPROVE);
    }

    @Post("/{id}/refuse")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> refuse(Caller caller, @PathVariable String id) {
        return decided(caller, id, Decision.REFUSE);
    }

    @Post("/{id}/lock")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> lock(Caller caller, @PathVariable String id) {
        return decided(caller, id, Decision.LOCK);
    }

    @Post("/{id}/unlock")
    @AllowPeople(value = DeviceOperations.MANAGE, stepUp = true)
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> unlock(Caller caller, @PathVariable String id) {
        return decided(caller, id, Decision.UNLOCK);
    }

    @Post("/{id}/revoke")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> revoke(Caller caller, @PathVariable String id) {
        return decided(caller, id, Decision.REVOKE);
    }

    private HttpResponse<byte[]> decided(Caller caller, String id, Decision decision) {
        return HttpResponse.ok(
                wire(standing.decide(caller, id, decision)).build().bytes());
    }

    private static Json.Builder wire(DeviceRow device) {
        byte @Nullable [] witness = device.witnessKey();
        return Json.object()
                .put("id", device.id())
                .put("label", device.label())
                .put("group", device.group())
                .put("state", name(device.state()))
                .put("because", device.because().isEmpty() ? null : device.because())
                .put("generation", device.generation())
                .put("madeAt", Rfc3339.format(device.madeAt()))
                .put("changedAt", Rfc3339.format(device.changedAt()))
                .put("changedBy", device.changedBy())
                .put("witnessKey", witness == null ? null : Digest.of(witness).toString());
    }

    private static Json.Obj wire(CertificateRow row) {
        Long used = row.usedAt();
        Long dropped = row.droppedAt();
        return Json.object()
                .put("sha256", row.fingerprint())
                .put("serial", row.certificate().getSerialNumber().toString(16))
                .put("generation", row.generation())
                .put(
                        "key",
                        Digest.of(row.certificate().getPublicKey().getEncoded()).toString())
                .put("issuedAt", Rfc3339.format(row.issuedAt()))
                .put("endsAt", Rfc3339.format(row.endsAt()))
                .put("renewAt", Rfc3339.format(row.renewAt()))
                .put("usedAt", used == null ? null : Rfc3339.format(used))
                .put("droppedAt", dropped == null ? null : Rfc3339.format(dropped))
                .build();
    }

    private static String name(DeviceState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
