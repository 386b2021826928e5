package io.strongroom.server.telemetry.incident;

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
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.incident.Incident.Deed;
import io.strongroom.server.telemetry.incident.Incident.Sighting;
import io.strongroom.server.telemetry.incident.Incident.State;
import io.strongroom.server.telemetry.incident.Incidents.Filter;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/telemetry/incidents}. */
@Controller("/api/v1/telemetry/incidents")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("incidents.read")
final class IncidentsController {
    private static final List<State> SHOWN = List.of(State.OPEN, State.ACKNOWLEDGED, State.CLOSED);

    private final Incidents incidents;
    private final Follower follower;
    private final Readings readings;

    IncidentsController(Incidents incidents, Follower follower, Readings readings) {
        this.incidents = incidents;
        this.follower = follower;
        this.readings = readings;
    }

    /** The newest first. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "device", "rule", "severity", "state");
        int limit = asked.limit();
        Filter filter = new Filter(
                asked.text("device"),
                asked.text("rule"),
                asked.text("severity").map(IncidentsController::severity),
                asked.text("state").map(IncidentsController::state));
        FollowerStatus status = follower.status();
        List<Incident> found = incidents.list(filter, after(asked), limit + 1);
        List<Json> items =
                found.stream().limit(limit).<Json>map(IncidentsController::wire).toList();
        readings.read(request, caller, readings.reader(request, caller), "Incidents.Read", "incidents", items.size());
        String next = found.size() > limit ? String.valueOf(found.get(limit - 1).recorded()) : "";
        return HttpResponse.ok(Asked.page(items, next, status));
    }

    @Get("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> one(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Incident incident = incidents
                .find(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no incident of this id."));
        readings.read(request, caller, readings.reader(request, caller), "Incident.Read", incident.id(), 1);
        return HttpResponse.ok(wire(incident).bytes());
    }

    /** Answered once it is in the ledger: {@code seq} says where. The incident shows it a moment later. */
    @Post("/{id}/acknowledge")
    @Allow(Scope.ADMIN)
    @AllowPeople("incidents.manage")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> acknowledge(Caller caller, @PathVariable String id) {
        return recorded(id, incidents.acknowledge(caller, id));
    }

    /** As {@link #acknowledge}. */
    @Post("/{id}/close")
    @Allow(Scope.ADMIN)
    @AllowPeople("incidents.manage")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> close(Caller caller, @PathVariable String id, @Body byte[] body) {
        Reason because = JsonBody.read(body, Set.of("because"), IncidentsController::reason);
        return recorded(id, incidents.close(caller, id, because));
    }

    private static HttpResponse<byte[]> recorded(String id, long seq) {
        return HttpResponse.ok(
                Json.object().put("id", id).put("seq", seq).build().bytes());
    }

    private static Reason reason(Json.Obj json) {
        return Reason.ofOfficer(json.text("because"))
                .orElseThrow(() -> new JsonShapeException("because", "fixed, false-alarm or accepted"));
    }

    private static Severity severity(String text) {
        return Severity.of(text).orElseThrow(() -> Asked.invalid("The parameter severity is one of S1, S2 and S3."));
    }

    private static State state(String text) {
        return SHOWN.stream()
                .filter(state -> name(state).equals(text))
                .findFirst()
                .orElseThrow(() -> Asked.invalid("The parameter state is one of open, acknowledged and closed."));
    }

    private static long after(Asked asked) {
        try {
            return asked.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.after());
        } catch (NumberFormatException e) {
            throw Asked.invalid("The parameter after is what the page before gave as next.");
        }
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Json.Obj wire(Incident incident) {
        Sighting cleared = incident.cleared();
        return Json.object()
                .put("id", incident.id())
                .put("device", incident.device())
                .put("rule", incident.rule())
                .put("subject", incident.subject().isEmpty() ? null : incident.subject())
                .put("severity", incident.severity().name())
                .put("state", name(incident.state()))
                .put("detail", incident.detail())
                .put("openedAt", Rfc3339.format(incident.first().at()))
                .put("lastAt", Rfc3339.format(incident.last().at()))
                .put("count", incident.count())
                .put(
                        "records",
                        new Json.Arr(
                                incident.records().stream().<Json>map(Json::of).toList()))
                .put("recorded", incident.recorded())
                .put("clearedAt", cleared == null ? null : Rfc3339.format(cleared.at()))
                .put("acknowledged", deed(incident.acknowledged()))
                .put("closed", deed(incident.closed()))
                .build();
    }

    private static @Nullable Json deed(@Nullable Deed deed) {
        return deed == null
                ? null
                : Json.object()
                        .put("by", deed.by())
                        .put("at", Rfc3339.format(deed.at()))
                        .put("because", deed.because().isEmpty() ? null : deed.because())
                        .build();
    }
}
