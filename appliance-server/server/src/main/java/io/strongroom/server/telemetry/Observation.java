package io.strongroom.server.telemetry;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a record tells of a device, in one form whoever collected it. Where no view {@linkplain View#reads reads} such
 * records, {@code resource}, {@code attributes} and {@code user} are left out. Nothing that policy hid in the record stands in it, and
 * no user's name (decision 22), so a view may keep whatever it finds here.
 *
 * @param seq the record's place in the ledger
 * @param device which device: always one that is, or was, enrolled
 * @param stream the record's; {@code system.devices} where the appliance tells of the device
 * @param outcome {@code success}, {@code failure} or {@code unknown}
 * @param resource what it was done to; empty where that is hidden, or an account
 * @param occurredAt when, by the device's clock, in epoch milliseconds
 * @param recordedAt when the ledger took it in, in epoch milliseconds; never goes back from one observation to the next
 * @param signed whether the device's signature stands behind it
 * @param policy digest of the bundle that decided about the record
 * @param attributes by their OpenTelemetry names where there is one ({@code host.name}), else by the names that the
 *     record gives them, those of nested objects joined by full stops
 * @param user whose doing it was, if a user can be told
 */
public record Observation(
        long seq,
        RecordId recordId,
        String device,
        String stream,
        String action,
        String outcome,
        Optional<Resource> resource,
        long occurredAt,
        long recordedAt,
        boolean signed,
        Digest policy,
        Map<String, Value> attributes,
        Optional<User> user) {
    public Observation {
        attributes = Collections.unmodifiableMap(attributes);
    }

    /**
     * What something was done to.
     *
     * @param type e.g. {@code Service}, {@code Package}
     */
    public record Resource(String type, String id) {}

    /**
     * An attribute.
     *
     * @param json a text, number, truth value or list; in the unit that OpenTelemetry gives it (ratios from 0 to 1,
     *     seconds, bytes, degrees Celsius)
     * @param pointer where it stands in the record: who may see that field may see this
     */
    public record Value(Json json, String pointer) {}

    /**
     * A user.
     *
     * @param key 32 hex digits: a keyed hash of the name, the same wherever the name is the same
     * @param pointer where in the record the name stands, or is kept apart
     */
    public record User(String key, String pointer) {}

    /** Whether a device tells of itself with such a record, rather than handing on what it came across in a log. */
    public static boolean isOfItself(String stream, String action) {
        return stream.startsWith("telemetry.")
                || stream.startsWith("inventory.")
                || action.startsWith("Telemetry.")
                || action.startsWith("Inventory.")
                || action.equals("Device.Telemetry");
    }

    /** The attribute, if it is a text. */
    public Optional<String> text(String name) {
        Value value = attributes.get(name);
        return value != null && value.json() instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The attribute, if it is a number. */
    public OptionalDouble number(String name) {
        Value value = attributes.get(name);
        return value != null && value.json() instanceof Json.Num number
                ? OptionalDouble.of(Double.parseDouble(number.literal()))
                : OptionalDouble.empty();
    }

    /** The objects of the attribute, if it is a list; whatever else stands in it is passed over. */
    public List<Json.Obj> objects(String name) {
        Value value = attributes.get(name);
        return value != null && value.json() instanceof Json.Arr list
                ? list.items().stream()
                        .filter(Json.Obj.class::isInstance)
                        .map(Json.Obj.class::cast)
                        .toList()
                : List.of();
    }
}
