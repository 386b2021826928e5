package io.strongroom.server.telemetry.people;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.policies.Operations;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.FieldRights;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.Users;
import io.strongroom.server.telemetry.people.PeopleQueries.Assigned;
import io.strongroom.server.telemetry.people.PeopleQueries.Held;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/v1/telemetry/…}: who uses which device, and when. Names are read from the records that tell of them, so whoever
 * asks needs to be allowed to read records.
 */
@Controller("/api/v1/telemetry")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople(Operations.READ_RECORDS)
final class PeopleController {
    private final Database database;
    private final KnownDevices devices;
    private final LedgerReader ledger;
    private final RecordSights sights;
    private final FieldHashes hashes;
    private final Follower follower;
    private final Readings readings;

    PeopleController(
            Database database,
            KnownDevices devices,
            LedgerReader ledger,
            RecordSights sights,
            FieldHashes hashes,
            Follower follower,
            Readings readings) {
        this.database = database;
        this.devices = devices;
        this.ledger = ledger;
        this.sights = sights;
        this.hashes = hashes;
        this.follower = follower;
        this.readings = readings;
    }

    /** The users of a device; whoever was seen last comes first. */
    @Get("/devices/{id}/users")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> users(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked.of(request);
        devices.require(id);
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        UserSight sight = new UserSight(ledger, sights, reader);
        List<Json> items = database.read(connection -> PeopleQueries.ofDevice(connection, id)).stream()
                .<Json>map(each -> assigned(each)
                        .put("user", sight.wire(each.user(), each.namedSeq(), each.pointer()))
                        .build())
                .toList();
        readings.read(request, caller, reader, "DeviceUsers.Read", id, items.size());
        return HttpResponse.ok(Asked.page(items, "", status));
    }

    /** The sessions on a device, the newest first. */
    @Get("/devices/{id}/sessions")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> sessions(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked asked = Asked.of(request);
        int limit = asked.limit();
        devices.require(id);
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        UserSight sight = new UserSight(ledger, sights, reader);
        FieldRights rights = readings.fields(reader);
        long before = before(asked.after());
        List<Held> page = database.read(connection -> PeopleQueries.sessions(connection, id, before, limit + 1));
        List<Held> shown = page.subList(0, Math.min(limit, page.size()));
        List<Json> items = shown.stream()
                .<Json>map(each -> session(each, rights)
                        .put("user", sight.wire(each.user(), each.namedSeq(), each.pointer()))
                        .build())
                .toList();
        String next = page.size() > limit ? String.valueOf(shown.getLast().namedSeq()) : "";
        readings.read(request, caller, reader, "Sessions.Read", id, items.size());
        return HttpResponse.ok(Asked.page(items, next, status));
    }

    /**
     * The devices of a user, who is named by name or by key. A device is told only if its reader sees, in the record that
     * names the user there, who it is.
     */
    @Get("/users/devices")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> ofUser(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "name", "key");
        Optional<String> name = asked.text("name");
        Optional<String> key = asked.text("key");
        if (name.isPresent() == key.isPresent()) {
            throw Asked.invalid("Either the parameter name or the parameter key says which user.");
        }
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        // An empty answer would pass for “there is none”.
        List<String> unsearched = name.map(text -> readings.unsearched(reader, "name", Users.NAMES, text))
                .orElse(List.of());
        UserSight sight = new UserSight(ledger, sights, reader);
        String user = name.map(hashes::user).or(() -> key).orElse("");
        List<Json> items = database.read(connection -> PeopleQueries.ofUser(connection, user)).stream()
                .filter(each -> sight.shows(each.namedSeq(), each.pointer()))
                .<Json>map(each -> assigned(each)
                        .put("user", sight.wire(each.user(), each.namedSeq(), each.pointer()))
                        .build())
                .toList();
        readings.read(request, caller, reader, "UserDevices.Read", "user", items.size());
        return HttpResponse.ok(Asked.freshness(Json.object(), status)
                .put("items", new Json.Arr(items))
                .putTexts("unsearched", unsearched)
                .build()
                .bytes());
    }

    private static long before(String after) {
        try {
            return after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Asked.invalid("The parameter after is what the page before calls next.");
        }
    }

    private static Json.Builder assigned(Assigned assigned) {
        return Json.object()
                .put("device", assigned.device())
                .put("state", assigned.refused() ? "refused" : "assigned")
                .put(
                        "reason",
                        assigned.refused() ? "The user has " + UserView.MOST_DEVICES + " devices already." : null)
                .put("firstSeen", Rfc3339.format(assigned.firstSeen()))
                .put("lastSeen", Rfc3339.format(assigned.lastSeen()))
                .put("seq", assigned.namedSeq());
    }

    private static Json.Builder session(Held held, FieldRights rights) {
        Long ended = held.endedAt();
        Json.Builder context = Json.object();
        held.context().members().forEach((name, told) -> {
            if (told instanceof Json.Obj value) {
                Json it = value.members().getOrDefault("value", Json.Null.NULL);
                rights.withheld(value.text("stream"), value.text("pointer"), it)
                        .ifPresentOrElse(
                                reason -> context.put(
                                        name,
                                        Json.object().put("withheld", reason).build()),
                                () -> context.put(name, it));
            }
        });
        return Json.object()
                .put("session", held.id())
                .put("device", held.device())
                .put("startedAt", time(held.startedAt()))
                .put("endedAt", ended == null ? null : time(ended))
                .put("lastAt", time(held.lastAt()))
                .putTexts("evidence", List.copyOf(held.evidence().members().keySet()))
                .put("context", context.build())
                .put("seq", held.namedSeq());
    }

    /** A device says when it was, and may say anything. */
    private static String time(long millis) {
        return Rfc3339.format(Math.clamp(millis, Rfc3339.MIN_EPOCH_MILLIS, Rfc3339.MAX_EPOCH_MILLIS));
    }
}
