package io.strongroom.policies.condition;

import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is evaluated over. Only what it names is read.
 *
 * @param stream empty where it is about none
 * @param record the record; null where there is none
 */
public record ConditionInput(
        Caller caller,
        String operation,
        String purpose,
        Instant time,
        String stream,
        @Nullable CanonicalObject record) {

    private static final String RECORD = "record.";

    /** The value of a variable; empty if there is none, which leaves the condition undecided. */
    Optional<Object> find(String name) {
        if (name.startsWith(RECORD)) {
            return record == null ? Optional.empty() : ofRecord(record, name.substring(RECORD.length()));
        }
        return switch (name) {
            case "caller.id" -> Optional.of(caller.id());
            case "caller.roles" -> Optional.of(caller.roles().stream().sorted().toList());
            case "caller.attributes" -> Optional.of(caller.attributes());
            case "operation" -> Optional.of(operation);
            case "purpose" -> Optional.of(purpose);
            case "time" -> Optional.of(timestamp(time));
            case "stream" -> Optional.of(stream);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> ofRecord(CanonicalObject record, String path) {
        if (path.equals("labels") || path.equals("attributes")) {
            JsonSlice value = record.get(path);
            return Optional.of(value == null ? Map.of() : value(value));
        }
        JsonSlice value = null;
        CanonicalObject object = record;
        for (String name : path.split("\\.")) {
            if (value != null) {
                if (value.kind() != JsonToken.BEGIN_OBJECT) {
                    return Optional.empty();
                }
                object = value.object();
            }
            value = object.get(name);
            if (value == null) {
                return Optional.empty();
            }
        }
        if (value == null || value.kind() != JsonToken.STRING) {
            return Optional.empty();
        }
        return path.equals("occurredAt") ? time(value.string()) : Optional.of(value.string());
    }

    private static Optional<Object> time(String text) {
        try {
            return Optional.of(timestamp(Instant.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** As CEL has JSON: numbers are doubles, but whole ones are integers so that they compare as they look. */
    private static Object value(JsonSlice value) {
        return switch (value.kind()) {
            case BEGIN_OBJECT -> {
                Map<String, Object> members = new HashMap<>();
                value.object().forEach(member -> members.put(member.getKey(), value(member.getValue())));
                yield members;
            }
            case BEGIN_ARRAY -> {
                List<Object> items = new ArrayList<>();
                JsonReader reader = value.reader();
                reader.beginArray();
                while (reader.hasNext()) {
                    items.add(value(reader.slice()));
                }
                yield items;
            }
            case STRING -> value.string();
            case BOOLEAN -> value.reader().bool();
            case NUMBER -> number(value.reader().number());
            default -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= (1L << 53)) {
            return (long) number;
        }
        return number;
    }
}
