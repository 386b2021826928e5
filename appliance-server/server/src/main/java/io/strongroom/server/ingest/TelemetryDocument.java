package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Plain telemetry as a record: whatever the device says is the record's attributes, word for word. Three of its members
 * are looked at: {@code timestamp} (RFC 3339, required) is when it occurred, {@code device_id} must be the sender's where
 * it is given, and {@code messageId} makes the message one of a kind.
 */
final class TelemetryDocument {
    private static final String ACTION = "Device.Telemetry";
    private static final String DEVICE = "Device";

    private TelemetryDocument() {}

    /** What became of a payload. */
    sealed interface Read {
        /**
         * A record.
         *
         * @param document as a producer would send it
         * @param key the message's id
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Good(byte[] document, Optional<String> key) implements Read {}

        /** Nothing that could be one. */
        record Bad(Problem problem) implements Read {}
    }

    /**
     * Reads a payload.
     *
     * @param device who sent it
     * @param duplicate whether the device says that it may have sent it before
     */
    static Read read(byte[] payload, String device, StreamName stream, boolean duplicate) {
        Json.Obj said;
        Optional<String> key;
        long occurredAt;
        try {
            said = Json.parseObject(CanonicalJson.of(payload));
            String named = said.optionalText("device_id");
            if (named != null && !named.equals(device)) {
                return bad(ProblemType.SOURCE_NOT_ALLOWED, "/device_id", "is not the device that sent it");
            }
            key = Optional.ofNullable(said.optionalText("messageId"));
            if (key.isPresent() && !IdempotencyText.isValid(key.get())) {
                return bad(ProblemType.SCHEMA, "/messageId", IdempotencyText.RULE);
            }
            occurredAt =
                    OffsetDateTime.parse(said.text("timestamp")).toInstant().toEpochMilli();
        } catch (JsonException e) {
            return bad(ProblemType.MALFORMED_JSON, e.pointer(), e.reason());
        } catch (JsonShapeException e) {
            return bad(ProblemType.SCHEMA, e.pointer(), String.valueOf(e.getMessage()));
        } catch (DateTimeException | ArithmeticException e) {
            return bad(ProblemType.SCHEMA, "/timestamp", "must be a time by RFC 3339");
        }
        if (occurredAt < Rfc3339.MIN_EPOCH_MILLIS || occurredAt > Rfc3339.MAX_EPOCH_MILLIS) {
            return bad(ProblemType.SCHEMA, "/timestamp", "must lie in the years 0000 to 9999");
        }
        Json.Obj self = Json.object().put("type", DEVICE).put("id", device).build();
        Json.Builder record = Json.object()
                .put("stream", stream.value())
                .put("source", Json.object().put("id", device).build())
                .put("occurredAt", Rfc3339.format(occurredAt))
                .put("action", ACTION)
                .put("actor", self)
                .put("resource", self)
                .put("attributes", said);
        if (duplicate && key.isEmpty()) {
            record.put("labels", Json.object().put("possibleDuplicate", "true").build());
        }
        return new Read.Good(record.build().bytes(), key);
    }

    private static Read bad(ProblemType type, String pointer, String reason) {
        return new Read.Bad(
                Problem.of(type, "One place is wrong.").withErrors(List.of(new FieldError(pointer, reason))));
    }
}
