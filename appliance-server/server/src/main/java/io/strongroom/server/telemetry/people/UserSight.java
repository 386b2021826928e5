package io.strongroom.server.telemetry.people;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.privacy.SeenField;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows users as far as their reader sees the names in the records that tell of them (decision 22): as they are, as a
 * rendering, or not at all, and then not the keyed hash either. For one request.
 */
final class UserSight {
    private final LedgerReader ledger;
    private final RecordSights sights;
    private final Reader reader;
    private final Map<Long, Optional<Opened>> opened = new HashMap<>();

    UserSight(LedgerReader ledger, RecordSights sights, Reader reader) {
        this.ledger = ledger;
        this.sights = sights;
        this.reader = reader;
    }

    private record Opened(LedgerReader.Row row, byte[] body, RecordSight sight) {}

    /** What the reader sees of a user. */
    sealed interface Seen {
        /** The name. @param mask what was done to it; empty if it is as it was */
        record Name(Json value, String mask) implements Seen {}

        /** Nothing. @param reason a sentence for the reader */
        record Withheld(String reason) implements Seen {}
    }

    /** The user whom a record names. */
    Seen of(long seq, String pointer) {
        Opened record = opened.computeIfAbsent(seq, this::open).orElse(null);
        if (record == null) {
            return new Seen.Withheld("The record that names the user has expired.");
        }
        RecordSight sight = record.sight();
        if (sight.showsRecord()) {
            Optional<JsonSlice> value = inClear(record.body(), pointer).or(() -> sight.disclosed().stream()
                    .filter(disclosure -> disclosure.pointer().toString().equals(pointer))
                    .map(Disclosure::value)
                    .findFirst());
            if (value.isPresent()) {
                return new Seen.Name(Json.parse(value.get().toBytes()), "");
            }
        }
        for (SeenField field : sight.fields()) {
            Seen seen = seen(field, pointer);
            if (seen != null) {
                return seen;
            }
        }
        return new Seen.Withheld(sight.reason().isEmpty() ? "Nobody can open the name any more." : sight.reason());
    }

    private Optional<Opened> open(long seq) {
        return ledger.find(seq).flatMap(row -> {
            byte[] body = row.body();
            return body == null
                    ? Optional.empty()
                    : Optional.of(new Opened(
                            row,
                            body,
                            sights.of(
                                    reader,
                                    row.entry().id(),
                                    row.entry().record(),
                                    row.entry().stream(),
                                    body,
                                    () -> ledger.disclosures(seq))));
        });
    }

    private static Optional<JsonSlice> inClear(byte[] body, String pointer) {
        JsonSlice value = new JsonSlice(body, 0, body.length);
        for (String token : JsonPointer.parse(pointer).tokens()) {
            CanonicalObject object = value.kind() == JsonToken.BEGIN_OBJECT ? value.object() : null;
            JsonSlice member = object == null ? null : object.get(token);
            if (member == null) {
                return Optional.empty();
            }
            value = member;
        }
        return Optional.of(value);
    }

    private static @Nullable Seen seen(SeenField field, String pointer) {
        return switch (field) {
            case SeenField.Masked masked ->
                is(masked.pointer(), pointer)
                        ? new Seen.Name(Json.parse(masked.rendering().toBytes()), mask(masked))
                        : null;
            case SeenField.Hidden hidden -> is(hidden.pointer(), pointer) ? new Seen.Withheld(hidden.reason()) : null;
            case SeenField.Shown shown ->
                is(shown.disclosure().pointer(), pointer)
                        ? new Seen.Name(Json.parse(shown.disclosure().value().toBytes()), "")
                        : null;
            case SeenField.Closed closed -> null;
        };
    }

    private static boolean is(JsonPointer field, String pointer) {
        return field.toString().equals(pointer);
    }

    /** Where the mask is none, the value is as it was. */
    private static String mask(SeenField.Masked masked) {
        return masked.mask().equals("none") ? "" : masked.mask();
    }

    /** The user as an answer tells of them. */
    Json wire(String key, long seq, String pointer) {
        return switch (of(seq, pointer)) {
            case Seen.Name name ->
                Json.object()
                        .put("key", key)
                        .put("name", name.value())
                        .put("mask", name.mask().isEmpty() ? null : name.mask())
                        .build();
            case Seen.Withheld withheld ->
                Json.object().put("withheld", withheld.reason()).build();
        };
    }

    /** Whether the reader may be told which user it is. */
    boolean shows(long seq, String pointer) {
        return of(seq, pointer) instanceof Seen.Name;
    }
}
