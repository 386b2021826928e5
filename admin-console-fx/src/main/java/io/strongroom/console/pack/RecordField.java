package io.strongroom.console.pack;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.evidence.pack.verify.MaskedField;
import io.strongroom.evidence.pack.verify.PackRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A field of a record.
 *
 * @param pointer where it stands (RFC 6901); empty for a hidden field, of which nobody says where it stood
 * @param value as JSON, texts without their quotes; of a hidden field its digest
 * @param rule of a field of which somebody tells something, how it is masked and by which rule; else empty
 */
record RecordField(String pointer, String value, Kind kind, String rule) {
    enum Kind {
        /** Stands in the record. */
        CLEAR,
        /** Was hidden; the pack shows it, and its digest in the record proves it. */
        DISCLOSED,
        /** Is hidden; whoever made the pack tells this of it, and nothing proves it. */
        TOLD,
        /** Is hidden, or erased: only its digest is here. */
        HIDDEN
    }

    RecordField(String pointer, String value, Kind kind) {
        this(pointer, value, kind, "");
    }

    private static final String COMMITTED = "_sd";

    /** All fields of a record: those that stand in it, those shown and those told of, by place; then the hidden ones. */
    static List<RecordField> of(PackRecord record) {
        List<RecordField> fields = new ArrayList<>();
        CanonicalObject body = CanonicalObject.ofCanonical(record.record());
        for (int i = 0; i < body.size(); i++) {
            if (!body.name(i).equals(COMMITTED)) {
                add(fields, "/" + escaped(body.name(i)), body.value(i), Kind.CLEAR);
            }
        }
        for (Disclosure disclosure : record.disclosed()) {
            add(fields, disclosure.pointer().toString(), disclosure.value(), Kind.DISCLOSED);
        }
        for (MaskedField masked : record.masked()) {
            String rule = masked.mask() == null ? masked.reason() : masked.mask() + ", " + masked.reason();
            fields.add(new RecordField(
                    masked.pointer(), masked.rendering() == null ? "" : masked.rendering(), Kind.TOLD, rule));
        }
        fields.removeIf(field -> field.isLeftover(fields));
        fields.sort(Comparator.comparing(RecordField::pointer));
        fields.addAll(hidden(record, body));
        return fields;
    }

    /** Whether it is an object without members only because they are shown apart, or hidden with it. */
    private boolean isLeftover(List<RecordField> fields) {
        return kind == Kind.CLEAR
                && value.equals("{}")
                && fields.stream()
                        .anyMatch(other -> other != this
                                && (other.pointer.equals(pointer) || other.pointer.startsWith(pointer + "/")));
    }

    private static List<RecordField> hidden(PackRecord record, CanonicalObject body) {
        JsonSlice committed = body.get(COMMITTED);
        if (committed == null) {
            return List.of();
        }
        Set<String> shown =
                record.disclosed().stream().map(Disclosure::digest).collect(Collectors.toCollection(HashSet::new));
        List<RecordField> hidden = new ArrayList<>();
        JsonReader digests = committed.reader();
        digests.beginArray();
        while (digests.hasNext()) {
            String digest = digests.string();
            if (!shown.contains(digest)) {
                hidden.add(new RecordField("", digest, Kind.HIDDEN));
            }
        }
        return hidden;
    }

    /** Objects field by field; arrays and plain values as they are. */
    private static void add(List<RecordField> fields, String pointer, JsonSlice value, Kind kind) {
        JsonToken token = value.reader().peek();
        if (token == JsonToken.BEGIN_OBJECT && value.object().size() > 0) {
            CanonicalObject object = value.object();
            for (int i = 0; i < object.size(); i++) {
                add(fields, pointer + "/" + escaped(object.name(i)), object.value(i), kind);
            }
        } else {
            fields.add(new RecordField(pointer, token == JsonToken.STRING ? value.string() : json(value), kind));
        }
    }

    private static String json(JsonSlice value) {
        return new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
