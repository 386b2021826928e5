package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How well a device does for whoever uses it: {@code GET /api/v1/telemetry/devices/{id}/score}.
 *
 * @param score from 0 to 100; empty where too little is known for one
 * @param knownWeight of which part of the weight something is known, from 0 to 100
 * @param components all that a score is made of, known or not
 */
public record DeviceScore(OptionalDouble score, long knownWeight, List<Component> components) {
    public DeviceScore {
        components = List.copyOf(components);
    }

    /**
     * A part of a score.
     *
     * @param weight of 100
     * @param input the metric that it is made of
     * @param goodUpTo up to which value it is worth 100 points
     * @param badFrom from which value it is worth none
     * @param value empty if it is not known
     * @param score from 0 to 100; empty as above
     * @param missing why it is not known: {@code not-told}, or {@code hidden} by policy; null if it is
     */
    public record Component(
            String component,
            long weight,
            String input,
            OptionalDouble goodUpTo,
            OptionalDouble badFrom,
            OptionalDouble value,
            OptionalDouble score,
            @Nullable String missing) {
        static Component fromJson(Json.Obj json) {
            return new Component(
                    json.text("component"),
                    json.integer("weight"),
                    json.text("input"),
                    json.optionalNumber("goodUpTo"),
                    json.optionalNumber("badFrom"),
                    json.optionalNumber("value"),
                    json.optionalNumber("score"),
                    json.optionalText("missing"));
        }
    }

    public static DeviceScore fromJson(Json.Obj json) {
        return new DeviceScore(
                json.optionalNumber("score"),
                json.integer("knownWeight"),
                json.objects("components", Component::fromJson));
    }
}
