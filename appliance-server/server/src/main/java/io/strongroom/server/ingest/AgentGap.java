package io.strongroom.server.ingest;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.util.Optional;

/**
 * What a line of action {@code agent.gap} says: that the lines of these sequences are lost, both included.
 *
 * @param first {@code attributes.first}
 * @param last {@code attributes.last}
 */
record AgentGap(long first, long last) {
    private static final String ACTION = "agent.gap";

    /** What the line says; empty if it is another line, or none that can be read. */
    static Optional<AgentGap> of(byte[] line) {
        try {
            Json.Obj record = Json.parseObject(line);
            if (!ACTION.equals(record.optionalText("action"))) {
                return Optional.empty();
            }
            Json.Obj attributes = record.object("attributes");
            return Optional.of(new AgentGap(attributes.integer("first"), attributes.integer("last")));
        } catch (JsonException | JsonShapeException e) {
            return Optional.empty();
        }
    }

    boolean covers(long from, long to) {
        return first <= from && last >= to;
    }
}
