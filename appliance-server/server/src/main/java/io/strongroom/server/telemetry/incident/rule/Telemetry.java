package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.api.json.Json;
import io.strongroom.server.telemetry.Observation;

/** What the rules ask of observations. */
final class Telemetry {
    private static final int MOST_NAME_CHARS = 200;

    /** A time that far ahead of the ledger's is no time to count by; what it means is for {@link ClockJump}. */
    private static final long AHEAD_MILLIS = 5 * 60_000;

    private Telemetry() {}

    /** Whether a device measures in that stream. */
    static boolean isIn(String stream) {
        return stream.startsWith("telemetry.");
    }

    /** Whether it is a measurement whose time can be counted by. */
    static boolean counts(Observation observation) {
        return isIn(observation.stream()) && hasTime(observation);
    }

    /** Whether the device tells it, rather than the appliance of the device. */
    static boolean isDevices(Observation observation) {
        return !observation.stream().startsWith("system.");
    }

    static boolean hasTime(Observation observation) {
        return observation.occurredAt() <= observation.recordedAt() + AHEAD_MILLIS;
    }

    static boolean isShare(Json.Num number) {
        double value = Double.parseDouble(number.literal());
        return value >= 0 && value <= 1;
    }

    static boolean isName(String text) {
        return text.length() <= MOST_NAME_CHARS;
    }

    /** To three significant places or so, for people. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
