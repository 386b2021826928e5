package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.List;

/**
 * How something that a device measures went: {@code GET /api/v1/telemetry/devices/{id}/health/series}.
 *
 * @param resolution how much time one point stands for, as the appliance chose it for as many points as were asked for
 * @param points in the order of time; where nothing was measured there is none
 * @param lagMillis how far the read model is behind the ledger
 */
public record HealthSeries(String resolution, List<Point> points, long lagMillis) {
    public HealthSeries {
        points = List.copyOf(points);
    }

    /**
     * What was measured in one stretch of time.
     *
     * @param at when that begins, RFC 3339
     * @param count how many measurements it is made of
     */
    public record Point(String at, long count, double min, double max, double mean, double last) {
        static Point fromJson(Json.Obj json) {
            return new Point(
                    json.text("at"),
                    json.integer("count"),
                    number(json, "min"),
                    number(json, "max"),
                    number(json, "mean"),
                    number(json, "last"));
        }

        private static double number(Json.Obj json, String name) {
            return json.optionalNumber(name).orElseThrow(() -> new JsonShapeException(name, "a number"));
        }
    }

    public static HealthSeries fromJson(Json.Obj json) {
        return new HealthSeries(
                json.text("resolution"),
                json.objects("points", Point::fromJson),
                json.optionalInteger("lagMillis").orElse(0));
    }
}
