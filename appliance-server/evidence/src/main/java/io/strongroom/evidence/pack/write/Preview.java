package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first records, for the report that a person opens. Hidden fields are not in them. */
record Preview(List<Row> rows) {
    private static final int ROWS = 50;

    record Row(long seq, String time, String actor, String action, String resource, String outcome) {}

    static Preview of(PackSource source) throws IOException {
        List<Row> rows = new ArrayList<>();
        source.records((seq, bytes, offset, length) -> {
            rows.add(row(seq, CanonicalObject.ofCanonical(Arrays.copyOfRange(bytes, offset, offset + length))));
            return rows.size() < ROWS;
        });
        return new Preview(rows);
    }

    private static Row row(long seq, CanonicalObject record) {
        return new Row(
                seq,
                text(record.get("occurredAt")),
                party(record.get("actor")),
                text(record.get("action")),
                party(record.get("resource")),
                text(record.get("outcome")));
    }

    private static String party(@Nullable JsonSlice party) {
        if (party == null || party.kind() != JsonToken.BEGIN_OBJECT) {
            return text(party);
        }
        return (text(party.object().get("type")) + " " + text(party.object().get("id"))).strip();
    }

    private static String text(@Nullable JsonSlice value) {
        if (value == null) {
            return "";
        }
        return value.kind() == JsonToken.STRING ? value.string() : new String(value.toBytes(), StandardCharsets.UTF_8);
    }
}
