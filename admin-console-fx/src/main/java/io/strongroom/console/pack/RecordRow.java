package io.strongroom.console.pack;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.evidence.pack.verify.PackRecord;

/**
 * A record in a table. What is hidden, or not said, is empty here and told in the record's {@link RecordField fields}.
 *
 * @param seq the place in the ledger
 */
public record RecordRow(
        long seq,
        String occurredAt,
        String stream,
        String actor,
        String action,
        String resource,
        String outcome,
        PackRecord record) {
    static RecordRow of(PackRecord record) {
        CanonicalObject body = CanonicalObject.ofCanonical(record.record());
        return new RecordRow(
                record.seq(),
                text(body, "occurredAt"),
                text(body, "stream"),
                named(body, "actor"),
                text(body, "action"),
                named(body, "resource"),
                text(body, "outcome"),
                record);
    }

    private static String text(CanonicalObject object, String name) {
        JsonSlice value = object.get(name);
        return value != null && value.reader().peek() == JsonToken.STRING ? value.string() : "";
    }

    /** By its id; by its type, where the id does not stand in the record. */
    private static String named(CanonicalObject body, String name) {
        String id = of(body, name, "id");
        return id.isEmpty() ? of(body, name, "type") : id;
    }

    private static String of(CanonicalObject body, String name, String member) {
        JsonSlice value = body.get(name);
        return value == null || value.reader().peek() != JsonToken.BEGIN_OBJECT ? "" : text(value.object(), member);
    }
}
