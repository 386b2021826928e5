package io.strongroom.agent.launch;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That the agent was started again.
 *
 * @param number counts from 1, for as long as the data folder lives
 * @param atMillis when it was decided, since 1970
 * @param cause in lower case: {@code memory}, {@code cpu}, {@code hung}, {@code ended}
 * @param collector that overran; null if none can be named
 * @param told for a person
 */
public record Restart(
        long number, long atMillis, String cause, @Nullable String collector, String told) {

    static Restart of(long number, long atMillis, Overrun why) {
        return new Restart(number, atMillis, why.cause().name().toLowerCase(Locale.ROOT), why.collector(), why.told());
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("number", number)
                .put("at", Rfc3339.format(atMillis))
                .put("cause", cause)
                .put("collector", collector)
                .put("told", told)
                .build();
    }

    static Restart fromJson(Json.Obj json) {
        return new Restart(
                json.integer("number"),
                Rfc3339.parse(json.text("at")),
                json.text("cause"),
                json.optionalText("collector"),
                json.text("told"));
    }
}
