package io.strongroom.server.ingest;

import io.strongroom.api.GapCause;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a line of action {@code agent.gap} says: that the lines of these sequences are lost, both included, and why
 * (formats, section 6).
 *
 * @param first {@code attributes.first}
 * @param last {@code attributes.last}; empty if how many is not known, or none is
 * @param cause {@code attributes.cause}
 * @param epoch {@code attributes.epoch}, in which these count; null for that of the line's own batch
 */
record AgentGap(
        long first,
        OptionalLong last,
        GapCause cause,
        @Nullable String epoch) {
    /** What the line says; empty if it is another line, or none that can be read. */
    static Optional<AgentGap> of(byte[] line) {
        try {
            Json.Obj record = Json.parseObject(line);
            if (!GapCause.NOTICE.equals(record.optionalText("action"))) {
                return Optional.empty();
            }
            Json.Obj attributes = record.object("attributes");
            long first = attributes.integer("first");
            OptionalLong last = attributes.optionalInteger("last");
            String epoch = attributes.optionalText("epoch");
            return GapCause.ofWire(attributes.text("cause"))
                    .filter(cause -> first >= 0)
                    .map(cause -> new AgentGap(first, last, cause, epoch));
        } catch (JsonException | JsonShapeException e) {
            return Optional.empty();
        }
    }

    /** Whether it speaks of all these sequences of a queue's epoch, from whose batch it is. */
    boolean covers(String ofEpoch, long from, long to) {
        return !isBefore(ofEpoch) && first <= from && last.isPresent() && last.getAsLong() >= to;
    }

    /** Whether it speaks of another epoch than that of its batch: it says why there is a new one. */
    boolean isBefore(String ofEpoch) {
        return epoch != null && !epoch.equals(ofEpoch);
    }
}
