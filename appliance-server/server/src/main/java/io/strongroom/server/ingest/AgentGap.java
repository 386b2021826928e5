package io.strongroom.server.ingest;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a line of action {@code agent.gap} says: that the lines of these sequences are lost, both included, and why
 * (formats, section 6).
 *
 * @param first {@code attributes.first}
 * @param last {@code attributes.last}
 * @param cause {@code attributes.cause}, one of those that the format has
 * @param epoch {@code attributes.epoch}, in which these count; null for that of the line's own batch
 */
record AgentGap(
        long first, long last, String cause, @Nullable String epoch) {
    private static final String ACTION = "agent.gap";
    private static final Set<String> CAUSES =
            Set.of("evicted", "downsampled", "aged", "damaged", "queue-lost", "queue-restored", "conflict", "rotated");

    /** What the line says; empty if it is another line, or none that can be read. */
    static Optional<AgentGap> of(byte[] line) {
        try {
            Json.Obj record = Json.parseObject(line);
            if (!ACTION.equals(record.optionalText("action"))) {
                return Optional.empty();
            }
            Json.Obj attributes = record.object("attributes");
            AgentGap gap = new AgentGap(
                    attributes.integer("first"),
                    attributes.integer("last"),
                    attributes.text("cause"),
                    attributes.optionalText("epoch"));
            return CAUSES.contains(gap.cause) && gap.first >= 0 ? Optional.of(gap) : Optional.empty();
        } catch (JsonException | JsonShapeException e) {
            return Optional.empty();
        }
    }

    /** Whether it speaks of all these sequences of a queue's epoch, from whose batch it is. */
    boolean covers(String ofEpoch, long from, long to) {
        return (epoch == null || epoch.equals(ofEpoch)) && first <= from && last >= to;
    }
}
