package io.strongroom.server.telemetry.health;

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
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.health.HealthSeries.Newest;
import io.strongroom.server.telemetry.health.HealthSeries.Point;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** {@code /api/v1/telemetry/devices/{id}/health}: what a device measures, and how that went. */
@Controller("/api/v1/telemetry/devices/{id}/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("devices.read")
final class HealthController {
    private static final String READ = "Health.Read";
    private static final int POINTS = 300;
    private static final int MOST_POINTS = 2_000;
    private static final Duration BACK = Duration.ofHours(1);

    private final Database database;
    private final KnownDevices devices;
    private final Follower follower;
    private final Readings readings;
    private final InstantSource clock;

    HealthController(
            Database database, KnownDevices devices, Follower follower, Readings readings, InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.follower = follower;
        this.readings = readings;
        this.clock = clock;
    }

    /** The newest of each measure, from each place of a device's records; or why it is withheld. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> newest(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        var unused = Asked.of(request);
        devices.require(id);
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        SeriesRights rights = new SeriesRights(readings.fields(reader));
        List<Json> items = database.<List<Newest>>read(connection -> HealthSeries.newest(connection, id)).stream()
                .<Json>map(each -> wire(each, rights))
                .toList();
        readings.read(request, caller, reader, READ, id, items.size());
        return HttpResponse.ok(Asked.page(items, "", status));
    }

    /** How one measure went: {@code metric}, {@code from}, {@code to}, and at most how many {@code points}. */
    @Get("/series")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> series(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked asked = Asked.of(request, "metric", "from", "to", "points");
        devices.require(id);
        String metric = asked.text("metric")
                .orElseThrow(
                        () -> Asked.invalid("The parameter metric is required; …/health names those that there are."));
        long to = asked.time("to").orElseGet(clock::millis);
        long from = asked.time("from").orElse(to - BACK.toMillis());
        Resolution resolution = fitting(from, to, points(asked));
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        SeriesRights rights = new SeriesRights(readings.fields(reader));
        List<Series> known = database.<List<Newest>>read(connection -> HealthSeries.newest(connection, id)).stream()
                .map(Newest::series)
                .filter(each -> each.metric().equals(metric))
                .toList();
        List<Series> shown = known.stream().filter(rights::shows).toList();
        if (shown.isEmpty() && !known.isEmpty()) {
            throw hidden(known.getFirst(), rights);
        }
        List<Point> points = database.read(
                connection -> HealthSeries.points(connection, shown, resolution, resolution.start(from), to));
        readings.read(request, caller, reader, READ, id, points.size());
        return HttpResponse.ok(Asked.freshness(Json.object(), status)
                .put("resolution", resolution.toString())
                .put(
                        "points",
                        new Json.Arr(points.stream()
                                .<Json>map(HealthController::wire)
                                .toList()))
                .build()
                .bytes());
    }

    private static ProblemException hidden(Series series, SeriesRights rights) {
        return new ProblemException(
                ProblemType.FIELD_HIDDEN,
                "The metric is made of " + series.pointer() + ", which the policy in force hides from you in "
                        + series.stream() + ": " + rights.withheld(series).orElse("") + ".");
    }

    /** The finest that gives no more points than were asked for. */
    static Resolution fitting(long from, long to, int points) {
        if (from >= to) {
            throw Asked.invalid("The parameter from is before to.");
        }
        for (Resolution resolution : Resolution.values()) {
            if (resolution.count(from, to) <= points) {
                return resolution;
            }
        }
        throw Asked.invalid("There are more days between from and to than points were asked for, of which there are at"
                + " most " + MOST_POINTS + ".");
    }

    private static int points(Asked asked) {
        try {
            int points = asked.text("points").map(Integer::parseInt).orElse(POINTS);
            if (points >= 1 && points <= MOST_POINTS) {
                return points;
            }
        } catch (NumberFormatException e) {
            // Told below, together with the range.
        }
        throw Asked.invalid("The parameter points is a number from 1 to " + MOST_POINTS + ".");
    }

    private static Json wire(Newest newest, SeriesRights rights) {
        Json.Builder json = Json.object()
                .put("metric", newest.series().metric())
                .put("stream", newest.series().stream())
                .put("pointer", newest.series().pointer());
        String withheld = rights.withheld(newest.series()).orElse(null);
        if (withheld == null) {
            json.put("at", Rfc3339.format(newest.at())).put("value", number(newest.value()));
        }
        return json.put("withheld", withheld).put("seq", newest.seq()).build();
    }

    private static Json wire(Point point) {
        Rollup rollup = point.rollup();
        return Json.object()
                .put("at", Rfc3339.format(point.start()))
                .put("count", rollup.samples())
                .put("min", number(rollup.least()))
                .put("max", number(rollup.most()))
                .put("mean", number(rollup.mean()))
                .put("last", number(rollup.last()))
                .build();
    }

    private static Json number(double value) {
        return new Json.Num(
                value == 0
                        ? "0"
                        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    }
}
