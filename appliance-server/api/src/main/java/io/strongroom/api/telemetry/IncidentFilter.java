package io.strongroom.api.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Which incidents; a member that is null lets all through.
 *
 * @param device its id
 * @param severity {@code S1}, {@code S2} or {@code S3}
 * @param state {@code open}, {@code acknowledged} or {@code closed}
 */
public record IncidentFilter(
        @Nullable String device,
        @Nullable String rule,
        @Nullable String severity,
        @Nullable String state) {
    public static final IncidentFilter ALL = new IncidentFilter(null, null, null, null);

    public IncidentFilter ofDevice(String id) {
        return new IncidentFilter(id, rule, severity, state);
    }

    public IncidentFilter in(String wantedState) {
        return new IncidentFilter(device, rule, severity, wantedState);
    }
}
