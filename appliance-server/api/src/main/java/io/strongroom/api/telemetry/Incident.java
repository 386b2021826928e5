package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is, or was, wrong with a device: {@code GET /api/v1/telemetry/incidents}. All of it follows from records in
 * the ledger. Times are RFC 3339.
 *
 * @param rule by which it was found, such as {@code heartbeat-missed}
 * @param subject what of the device it is about, such as a file system; empty for all of it
 * @param severity {@code S1}, the gravest, to {@code S3}
 * @param state {@code open}, {@code acknowledged} or {@code closed}
 * @param detail what the rule found when it opened: numbers and the rule's own words
 * @param count how many records kept it up
 * @param records the first and the newest of them, by {@code seq}
 * @param recorded the entry of the ledger that says that it is open; null until there is one
 * @param clearedAt when its rule saw that it is over; null as long as it did not
 */
public record Incident(
        String id,
        String device,
        String rule,
        String subject,
        String severity,
        String state,
        Json.Obj detail,
        String openedAt,
        String lastAt,
        long count,
        List<Long> records,
        @Nullable Long recorded,
        @Nullable String clearedAt,
        @Nullable Deed acknowledged,
        @Nullable Deed closed) {
    public Incident {
        records = List.copyOf(records);
    }

    /**
     * What somebody decided.
     *
     * @param by an officer, a service, or the appliance itself
     * @param because {@code fixed}, {@code false-alarm}, {@code accepted}, or a reason of the appliance's own; empty where none
     *     is asked for
     */
    public record Deed(String by, String at, String because) {
        static Deed fromJson(Json.Obj json) {
            String because = json.optionalText("because");
            return new Deed(json.text("by"), json.text("at"), because == null ? "" : because);
        }
    }

    public static Incident fromJson(Json.Obj json) {
        String subject = json.optionalText("subject");
        return new Incident(
                json.text("id"),
                json.text("device"),
                json.text("rule"),
                subject == null ? "" : subject,
                json.text("severity"),
                json.text("state"),
                json.object("detail"),
                json.text("openedAt"),
                json.text("lastAt"),
                json.integer("count"),
                places(json),
                json.optionalInteger("recorded").isPresent() ? (Long) json.integer("recorded") : null,
                json.optionalText("clearedAt"),
                json.optionalObject("acknowledged", Deed::fromJson).orElse(null),
                json.optionalObject("closed", Deed::fromJson).orElse(null));
    }

    private static List<Long> places(Json.Obj json) {
        List<Long> places = new ArrayList<>();
        for (Json place : json.list("records")) {
            if (!(place instanceof Json.Num number)) {
                throw new JsonShapeException("records", "an array of places in the ledger");
            }
            places.add(Long.parseLong(number.literal()));
        }
        return places;
    }
}
