package io.strongroom.server.telemetry.health;

import io.strongroom.api.json.Json;
import io.strongroom.server.telemetry.FieldRights;
import java.util.Optional;

/**
 * Which series somebody may see: those to whose field the policy in force gives them sight in every record of its stream. That
 * follows from the rules alone, for the numbers of a series come from many records. For one request.
 */
public final class SeriesRights {
    private static final Json SOME_NUMBER = new Json.Num("0.5");

    private final FieldRights fields;

    public SeriesRights(FieldRights fields) {
        this.fields = fields;
    }

    /** Why they may not; empty if they may. */
    Optional<String> withheld(Series series) {
        return fields.withheld(series.stream(), series.pointer(), SOME_NUMBER);
    }

    public boolean shows(Series series) {
        return withheld(series).isEmpty();
    }
}
