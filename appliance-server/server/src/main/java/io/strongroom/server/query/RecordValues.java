package io.strongroom.server.query;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.server.privacy.ToldFields;
import io.strongroom.server.projection.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the values of a record's fields that can be counted, as its reader sees them. */
final class RecordValues {
    /** Takes a value. */
    @FunctionalInterface
    interface Sink {
        void value(Field field, String value);
    }

    private final Sink sink;

    RecordValues(Sink sink) {
        this.sink = sink;
    }

    void of(ShownRecord shown) {
        sink.value(Field.STREAM, shown.row().entry().stream());
        sink.value(Field.SOURCE, shown.row().entry().source());
        byte[] record = shown.record();
        CanonicalObject members = CanonicalObject.ofCanonical(record == null ? ToldFields.of(shown.fields()) : record);
        text(Field.ACTION, members.get("action"));
        text(Field.OUTCOME, members.get("outcome"));
        party(Field.ACTOR_TYPE, Field.ACTOR, object(members, "actor"));
        party(Field.RESOURCE_TYPE, Field.RESOURCE, object(members, "resource"));
        CanonicalObject labels = object(members, "labels");
        if (labels != null) {
            for (Map.Entry<String, JsonSlice> label : labels) {
                if (label.getValue().kind() == JsonToken.STRING) {
                    sink.value(
                            Field.LABEL, label.getKey() + "=" + label.getValue().string());
                }
            }
        }
    }

    private void party(Field type, Field id, @Nullable CanonicalObject party) {
        if (party != null) {
            text(type, party.get("type"));
            text(id, party.get("id"));
        }
    }

    private static @Nullable CanonicalObject object(CanonicalObject members, String name) {
        JsonSlice value = members.get(name);
        return value == null || value.kind() != JsonToken.BEGIN_OBJECT ? null : value.object();
    }

    private void text(Field field, @Nullable JsonSlice value) {
        if (value != null && value.kind() == JsonToken.STRING) {
            sink.value(field, value.string());
        }
    }
}
