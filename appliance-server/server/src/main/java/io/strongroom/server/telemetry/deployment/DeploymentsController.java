package io.strongroom.server.telemetry.deployment;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.FieldRights;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.deployment.Deployment.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/telemetry/deployments}: jobs, and how many had which outcome. */
@Controller("/api/v1/telemetry/deployments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("devices.read")
final class DeploymentsController {
    private static final String JOB = "/resource/id";
    private static final String READ = "Deployments.Read";

    private final Database database;
    private final Follower follower;
    private final Readings readings;

    DeploymentsController(Database database, Follower follower, Readings readings) {
        this.database = database;
        this.follower = follower;
        this.readings = readings;
    }

    /** Those first that were told of last. A job is found by its id or its package by those alone who may see these. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "device", "job", "package", "state");
        int limit = asked.limit();
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        FieldRights rights = readings.fields(reader);
        Deployments.Filter filter = new Deployments.Filter(
                asked.text("device"),
                asked.text("job"),
                asked.text("package"),
                asked.text("state").map(State::of));
        List<Deployment> found =
                database.read(connection -> Deployments.before(connection, filter, after(asked), limit + 1));
        List<Json> items = new ArrayList<>();
        for (Deployment each : found.subList(0, Math.min(limit, found.size()))) {
            boolean job =
                    rights.withheld(each.stream(), JOB, Json.of(each.job())).isEmpty();
            boolean product = !each.pointer().isEmpty()
                    && rights.withheld(each.stream(), each.pointer(), Json.of(each.product()))
                            .isEmpty();
            if ((job || filter.job().isEmpty()) && (product || filter.product().isEmpty())) {
                items.add(wire(each, job, product));
            }
        }
        readings.read(request, caller, reader, READ, "deployments", items.size());
        String next = found.size() > limit ? Long.toString(found.get(limit - 1).lastSeq()) : "";
        return HttpResponse.ok(Asked.page(items, next, status));
    }

    /** How many jobs stand how, whose last news are of {@code from} to {@code to}. */
    @Get("/outcomes")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> outcomes(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "from", "to");
        long from = asked.time("from").orElse(Long.MIN_VALUE);
        long to = asked.time("to").orElse(Long.MAX_VALUE);
        FollowerStatus status = follower.status();
        Map<String, Long> counts = database.read(connection -> Deployments.counts(connection, from, to));
        readings.read(request, caller, readings.reader(request, caller), READ, "outcomes", counts.size());
        Json.Builder json = Json.object();
        counts.forEach((state, count) -> json.put(state, count.longValue()));
        return HttpResponse.ok(Asked.freshness(Json.object(), status)
                .put("outcomes", json.build())
                .build()
                .bytes());
    }

    private static long after(Asked asked) {
        try {
            return asked.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.after());
        } catch (NumberFormatException e) {
            throw Asked.invalid("The parameter after is what the page before gave as next.");
        }
    }

    private static Json wire(Deployment each, boolean job, boolean product) {
        String started =
                Optional.ofNullable(each.startedAt()).map(Rfc3339::format).orElse(null);
        return Json.object()
                .put("device", each.device())
                .put("job", job ? each.job() : null)
                .put("package", product ? each.product() : null)
                .put("state", each.state().text())
                .put("startedAt", started)
                .put("lastAt", Rfc3339.format(each.lastAt()))
                .put("tookMillis", each.tookMillis())
                .put("seq", each.lastSeq())
                .build();
    }
}
