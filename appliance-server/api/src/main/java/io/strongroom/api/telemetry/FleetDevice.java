package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a device, by the appliance that enrolled it and by what it told of itself: {@code GET
 * /api/v1/telemetry/devices}. Times are RFC 3339.
 *
 * @param state {@code pending}, {@code active}, {@code locked}, {@code revoked} or {@code refused}
 * @param firstSeen null if nothing has come from it yet
 * @param lastSeen likewise
 * @param sends {@code signed-batches} or {@code plain-telemetry}; null as above
 * @param bundle digest of the policy by which its newest record was decided; null as above
 * @param facts what it told, such as its operating system, in the order of the names
 * @param software of which list its packages are; null in a list of devices, and if it told none
 */
public record FleetDevice(
        String device,
        String label,
        String group,
        String state,
        String enrolledAt,
        String stateSince,
        @Nullable String firstSeen,
        @Nullable String lastSeen,
        @Nullable String sends,
        @Nullable String bundle,
        Map<String, Fact> facts,
        @Nullable SoftwareTold software) {
    public FleetDevice {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Something that a device told of itself.
     *
     * @param value null if policy hides it
     * @param withheld why it does, in a sentence; null where it does not
     * @param seq the record that says so
     */
    public record Fact(@Nullable String value, @Nullable String withheld, String toldAt, long seq) {
        static Fact fromJson(Json.Obj json) {
            return new Fact(
                    json.optionalText("value"),
                    json.optionalText("withheld"),
                    json.text("toldAt"),
                    json.integer("seq"));
        }
    }

    /**
     * When a device told its packages.
     *
     * @param whole whether that list was not cut
     */
    public record SoftwareTold(String toldAt, long seq, boolean whole) {
        static SoftwareTold fromJson(Json.Obj json) {
            return new SoftwareTold(json.text("toldAt"), json.integer("seq"), json.truth("whole"));
        }
    }

    public static FleetDevice fromJson(Json.Obj json) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        Json.Obj told = json.object("facts");
        told.members().keySet().forEach(name -> facts.put(name, Fact.fromJson(told.object(name))));
        return new FleetDevice(
                json.text("device"),
                json.text("label"),
                json.text("group"),
                json.text("state"),
                json.text("enrolledAt"),
                json.text("stateSince"),
                json.optionalText("firstSeen"),
                json.optionalText("lastSeen"),
                json.optionalText("sends"),
                json.optionalText("bundle"),
                facts,
                json.optionalObject("software", SoftwareTold::fromJson).orElse(null));
    }
}
