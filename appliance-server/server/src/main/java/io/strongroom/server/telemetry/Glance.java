package io.strongroom.server.telemetry;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonNames;
import io.strongroom.evidence.json.JsonReader;
import java.util.OptionalLong;

/**
 * What is read of every record of a device: what was done, when, and how it went. The rest is stepped over, in place: most
 * records are lines of logs, of which nobody here wants more.
 *
 * @param occurredAt epoch milliseconds; empty where policy hides it
 * @param outcome {@code unknown} where the record says nothing
 * @param signed whether the record names a signed batch that it came in
 */
record Glance(String action, OptionalLong occurredAt, String outcome, boolean signed) {

    private static final JsonNames NAMES = JsonNames.of(
            "_sd",
            "action",
            "actor",
            "attributes",
            "batch",
            "correlation",
            "labels",
            "occurredAt",
            "outcome",
            "policy");

    /**
     * Glances at a stored record, as far as what it looks for stands.
     *
     * @throws JsonException if it is none
     * @throws IllegalArgumentException if its time is none
     */
    static Glance of(byte[] body) {
        JsonReader record = JsonReader.ofCanonical(body);
        String action = "";
        OptionalLong occurredAt = OptionalLong.empty();
        String outcome = "unknown";
        boolean signed = false;
        boolean more = true;
        record.beginObject();
        while (more && record.hasNext()) {
            switch (record.name(NAMES)) {
                case "action" -> action = record.string();
                case "batch" -> {
                    signed = true;
                    record.skip();
                }
                case "occurredAt" -> occurredAt = OptionalLong.of(Rfc3339.parse(record.string()));
                case "outcome" -> outcome = record.string();
                // Canonical order: what is looked for comes before it.
                case "policy" -> more = false;
                default -> record.skip();
            }
        }
        if (action.isEmpty()) {
            throw record.refused("a record has an action");
        }
        return new Glance(action, occurredAt, outcome, signed);
    }
}
