package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a producer sends it (formats §3), built member by member:
 *
 * <pre>{@code
 * AuditRecord.of("order-service", "Appointment.Booked", Instant.now())
 *     .actor("User", "00u1abc23")
 *     .resource("Appointment", "apt_123")
 *     .outcome(Outcome.SUCCESS)
 *     .attribute("carrier", "DHL")
 *     .build();
 * }</pre>
 */
public final class AuditRecord {
    private final Json.Obj json;
    private final @Nullable String idempotencyKey;

    private AuditRecord(Json.Obj json, @Nullable String idempotencyKey) {
        this.json = json;
        this.idempotencyKey = idempotencyKey;
    }

    /**
     * Begins a record.
     *
     * @param source the registered source id it comes from
     * @param action what was done, such as {@code Appointment.Booked}
     * @param occurredAt when, kept to the millisecond
     */
    public static Builder of(String source, String action, Instant occurredAt) {
        return new Builder(source, action, occurredAt);
    }

    /** The document as it is sent, without the idempotency key. */
    public Json.Obj toJson() {
        return json;
    }

    /** The idempotency key that was chosen for it; null where none was. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** Whether it carries {@code source.sequence}, by which a batch recognises it when it is repeated. */
    public boolean hasSequence() {
        return json.object("source").optionalInteger("sequence").isPresent();
    }

    /** The document as one line of a batch, the idempotency key inside. */
    public Json.Obj toBatchLine() {
        return idempotencyKey == null
                ? json
                : Json.object()
                        .putAll(json)
                        .put("idempotencyKey", idempotencyKey)
                        .build();
    }

    /** The same record under that idempotency key. */
    public AuditRecord withIdempotencyKey(String key) {
        return new AuditRecord(json, requireNonNull(key, "key is null"));
    }

    @Override
    public String toString() {
        return "AuditRecord[" + json.object("source") + ", " + json.optionalText("action") + "]";
    }

    /** Builds a record; not for more than one thread. */
    public static final class Builder {
        private final String source;
        private final String action;
        private final Instant occurredAt;
        private final Map<String, Json> attributes = new LinkedHashMap<>();
        private final Map<String, Json> labels = new LinkedHashMap<>();
        private @Nullable String tenantId;
        private @Nullable String stream;
        private @Nullable Long sequence;
        private Outcome outcome = Outcome.UNKNOWN;
        private @Nullable Party actor;
        private @Nullable Party resource;
        private Json.@Nullable Obj correlation;
        private @Nullable String purpose;
        private @Nullable String idempotencyKey;

        private Builder(String source, String action, Instant occurredAt) {
            this.source = requireNonNull(source, "source is null");
            this.action = requireNonNull(action, "action is null");
            this.occurredAt = requireNonNull(occurredAt, "occurredAt is null");
        }

        /** The tenant; the client's own where it is left out. */
        public Builder tenant(String id) {
            this.tenantId = id;
            return this;
        }

        /** The stream; {@code audit.default} where it is left out. */
        public Builder stream(String name) {
            this.stream = name;
            return this;
        }

        /** The source's own running number, from 0, by which a repeated record is recognised. */
        public Builder sequence(long number) {
            this.sequence = number;
            return this;
        }

        /** How it ended; unknown where it is left out. */
        public Builder outcome(Outcome how) {
            this.outcome = requireNonNull(how, "outcome is null");
            return this;
        }

        /** Who did it. Required. */
        public Builder actor(String type, String id) {
            this.actor = new Party(type, id);
            return this;
        }

        /** What it was done to. Required. */
        public Builder resource(String type, String id) {
            this.resource = new Party(type, id);
            return this;
        }

        /** The trace (W3C, lower-case hex) it happened in. */
        public Builder trace(String traceId, @Nullable String spanId) {
            this.correlation =
                    Json.object().put("traceId", traceId).put("spanId", spanId).build();
            return this;
        }

        /** Anything else that is known about it. */
        public Builder attribute(String name, Json value) {
            attributes.put(name, value);
            return this;
        }

        /** Anything else that is known about it. */
        public Builder attribute(String name, String value) {
            return attribute(name, Json.of(value));
        }

        /** A label to find it by. */
        public Builder label(String name, String value) {
            labels.put(name, Json.of(value));
            return this;
        }

        /** For what purpose the data was used. */
        public Builder purpose(String why) {
            this.purpose = why;
            return this;
        }

        /** The key by which a repeated record is recognised; the client makes one where there is none. */
        public Builder idempotencyKey(String key) {
            this.idempotencyKey = key;
            return this;
        }

        /**
         * The record.
         *
         * @throws IllegalStateException if actor or resource are missing
         */
        public AuditRecord build() {
            if (actor == null || resource == null) {
                throw new IllegalStateException("a record names its actor and its resource");
            }
            Json.Obj json = Json.object()
                    .put("tenantId", tenantId)
                    .put("stream", stream)
                    .put(
                            "source",
                            Json.object()
                                    .put("id", source)
                                    .put("sequence", sequence)
                                    .build())
                    .put("occurredAt", Rfc3339.format(occurredAt.toEpochMilli()))
                    .put("action", action)
                    .put("outcome", outcome.wire())
                    .put("actor", actor.toJson())
                    .put("resource", resource.toJson())
                    .put("correlation", correlation)
                    .put("attributes", attributes.isEmpty() ? null : new Json.Obj(attributes))
                    .put("labels", labels.isEmpty() ? null : new Json.Obj(labels))
                    .put("purpose", purpose)
                    .build();
            return new AuditRecord(json, idempotencyKey);
        }
    }
}
