package io.strongroom.server.telemetry.inventory;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.devices.KnownDevices.KnownDevice;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.FieldRights;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.inventory.Facts.Fact;
import io.strongroom.server.telemetry.inventory.Facts.Heard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/telemetry/devices}: what is known of devices, by their authority and by what they tell of themselves. */
@Controller("/api/v1/telemetry/devices")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("devices.read")
final class InventoryController {
    private static final int AT_ONCE = 500;

    private final Database database;
    private final KnownDevices devices;
    private final Follower follower;
    private final Readings readings;

    InventoryController(Database database, KnownDevices devices, Follower follower, Readings readings) {
        this.database = database;
        this.devices = devices;
        this.follower = follower;
        this.readings = readings;
    }

    /** A page of devices, in the order of their ids. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "state", "group", "silentSince");
        Optional<DeviceState> state = asked.text("state").map(InventoryController::state);
        Optional<String> group = asked.text("group");
        Optional<Long> silentSince = asked.time("silentSince");
        int limit = asked.limit();
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        FieldRights rights = readings.fields(reader);
        List<Json> items = new ArrayList<>();
        String next = asked.after();
        boolean more = true;
        while (more && items.size() < limit) {
            List<KnownDevice> some = devices.after(next, AT_ONCE);
            more = some.size() == AT_ONCE;
            List<KnownDevice> fitting = some.stream()
                    .filter(device -> state.isEmpty() || device.state() == state.get())
                    .filter(device -> group.isEmpty() || device.group().equals(group.get()))
                    .toList();
            List<String> ids = fitting.stream().map(KnownDevice::id).toList();
            Map<String, Heard> heard = database.read(connection -> Facts.heard(connection, ids));
            List<KnownDevice> shown = fitting.stream()
                    .filter(device -> silentSince.isEmpty() || isSilent(heard.get(device.id()), silentSince.get()))
                    .limit(limit - items.size())
                    .toList();
            List<String> shownIds = shown.stream().map(KnownDevice::id).toList();
            Map<String, List<Fact>> facts = database.read(connection -> Facts.facts(connection, shownIds));
            for (KnownDevice device : shown) {
                items.add(wire(device, heard.get(device.id()), facts.getOrDefault(device.id(), List.of()), rights)
                        .build());
            }
            if (items.size() == limit) {
                next = shown.getLast().id();
                more = !devices.after(next, 1).isEmpty();
            } else if (!some.isEmpty()) {
                next = some.getLast().id();
            }
        }
        readings.read(request, caller, reader, "Inventory.Listed", "devices", items.size());
        return HttpResponse.ok(Asked.page(items, more ? next : "", status));
    }

    private static boolean isSilent(@Nullable Heard heard, long since) {
        return heard == null || heard.lastSeen() < since;
    }

    private static DeviceState state(String text) {
        return Arrays.stream(DeviceState.values())
                .filter(state -> name(state).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        Asked.invalid("The parameter state is one of pending, active, locked, revoked and refused."));
    }

    /** All that is known of one device. */
    @Get("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> one(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked.of(request);
        KnownDevice device = devices.find(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id."));
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        Json.Builder answer = database.read(connection -> wire(
                device,
                Facts.heard(connection, List.of(id)).get(id),
                Facts.facts(connection, List.of(id)).getOrDefault(id, List.of()),
                readings.fields(reader)));
        Optional<SoftwareList> told =
                database.read(connection -> Optional.ofNullable(SoftwareTable.list(connection, id)));
        told.ifPresent(list -> answer.put(
                "software",
                Json.object()
                        .put("toldAt", Rfc3339.format(list.occurredAt()))
                        .put("seq", list.seq())
                        .put("whole", list.isWhole())
                        .build()));
        readings.read(request, caller, reader, "Inventory.Read", id, 1);
        return HttpResponse.ok(Asked.freshness(answer, status).build().bytes());
    }

    private static Json.Builder wire(KnownDevice device, @Nullable Heard heard, List<Fact> facts, FieldRights rights) {
        Json.Builder json = Json.object()
                .put("device", device.id())
                .put("label", device.label())
                .put("group", device.group())
                .put("state", name(device.state()))
                .put("enrolledAt", Rfc3339.format(device.madeAt()))
                .put("stateSince", Rfc3339.format(device.changedAt()));
        if (heard != null) {
            json.put("firstSeen", Rfc3339.format(heard.firstSeen()))
                    .put("lastSeen", Rfc3339.format(heard.lastSeen()))
                    .put("sends", heard.signed() ? "signed-batches" : "plain-telemetry")
                    .put("bundle", heard.policy());
        }
        return json.put("facts", Facts.wire(facts, rights));
    }

    private static String name(DeviceState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
