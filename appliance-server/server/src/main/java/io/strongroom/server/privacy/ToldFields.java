package io.strongroom.server.privacy;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Mask;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader is told of a record that is withheld from them: the fields that they see as they are, put together again
 * as a record. By these it can be found and counted, and by nothing else.
 */
public final class ToldFields {
    private final Map<String, Object> members = new TreeMap<>();

    private ToldFields() {}

    /** Canonical bytes; {@code {}} where nothing is told. */
    public static byte[] of(Iterable<SeenField> fields) {
        ToldFields told = new ToldFields();
        for (SeenField field : fields) {
            if (field instanceof SeenField.Masked masked && masked.mask().equals(Mask.NONE.text())) {
                told.put(masked);
            }
        }
        CanonicalWriter out = new CanonicalWriter();
        write(told.members, out);
        return out.toBytes();
    }

    @SuppressWarnings("unchecked")
    private void put(SeenField.Masked field) {
        Map<String, Object> object = members;
        for (int i = 0; i < field.pointer().tokens().size() - 1; i++) {
            object = (Map<String, Object>)
                    object.computeIfAbsent(field.pointer().tokens().get(i), n -> new TreeMap<>());
        }
        object.put(field.pointer().tokens().getLast(), field.rendering());
    }

    private static void write(Map<?, ?> object, CanonicalWriter out) {
        out.beginObject();
        object.forEach((name, value) -> {
            out.name((String) name);
            if (value instanceof JsonSlice slice) {
                out.rawValue(slice);
            } else {
                write((Map<?, ?>) value, out);
            }
        });
        out.endObject();
    }
}
