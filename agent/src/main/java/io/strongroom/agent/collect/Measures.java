package io.strongroom.agent.collect;

import io.strongroom.api.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measured values by their OpenTelemetry names. What could not be measured is left out, never told as 0 or −1. */
final class Measures {
    private static final int PLACES = 4;

    private final Map<String, Json> values = new LinkedHashMap<>();

    /** A count or an amount; absent if it is negative. */
    Measures amount(String name, long value) {
        if (value >= 0) {
            values.put(name, Json.of(value));
        }
        return this;
    }

    /** Any number, rounded; absent if it is none. */
    Measures number(String name, double value) {
        if (Double.isFinite(value) && Math.abs(value) < 1e15) {
            String text = BigDecimal.valueOf(value)
                    .setScale(PLACES, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString();
            values.put(name, new Json.Num(text));
        }
        return this;
    }

    /** A part of a whole, from 0 to 1; absent if it is not. */
    Measures ratio(String name, double value) {
        return value >= 0 && value <= 1 ? number(name, value) : this;
    }

    /** A part of a whole; absent if the whole is nothing. */
    Measures ratio(String name, long part, long whole) {
        return whole > 0 ? ratio(name, (double) part / whole) : this;
    }

    Measures text(String name, String value) {
        if (!value.isBlank()) {
            values.put(name, Json.of(value));
        }
        return this;
    }

    Json.Obj toJson() {
        return new Json.Obj(values);
    }
}
