package io.strongroom.server.telemetry.score;

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
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.health.SeriesRights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code /api/v1/telemetry/devices/{id}/score}. */
@Controller("/api/v1/telemetry/devices/{id}/score")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("devices.read")
final class ScoreController {
    private static final int PLACES = 4;

    private final Database database;
    private final KnownDevices devices;
    private final Follower follower;
    private final Readings readings;
    private final InstantSource clock;

    ScoreController(
            Database database, KnownDevices devices, Follower follower, Readings readings, InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.follower = follower;
        this.readings = readings;
        this.clock = clock;
    }

    /** With every component, its weight, and what it was made of; or why it is missing. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> score(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        var unused = Asked.of(request);
        devices.require(id);
        FollowerStatus status = follower.status();
        Reader reader = readings.reader(request, caller);
        SeriesRights rights = new SeriesRights(readings.fields(reader));
        Score score = database.read(connection -> Inputs.read(connection, id, clock.millis(), rights::shows));
        readings.read(request, caller, reader, "Score.Read", id, 1);
        OptionalDouble points = score.points();
        List<Json> components = new ArrayList<>();
        for (Component component : Component.values()) {
            components.add(wire(component, score));
        }
        return HttpResponse.ok(Asked.freshness(Json.object(), status)
                .put("score", points.isPresent() ? number(points.getAsDouble()) : Json.Null.NULL)
                .put("knownWeight", score.knownWeight())
                .put("components", new Json.Arr(components))
                .build()
                .bytes());
    }

    private static Json wire(Component component, Score score) {
        Json.Builder json = Json.object()
                .put("component", name(component))
                .put("weight", component.weight())
                .put("input", component.metric())
                .put("goodUpTo", number(component.good()))
                .put("badFrom", number(component.bad()));
        Double value = score.inputs().get(component);
        Score.Missing missing = score.missing().get(component);
        if (value != null) {
            json.put("value", number(value)).put("score", number(component.points(value)));
        }
        return json.put("missing", missing == null ? null : name(missing)).build();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Json number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
        return new Json.Num(
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }
}
