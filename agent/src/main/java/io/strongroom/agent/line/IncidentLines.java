package io.strongroom.agent.line;

import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Tells the appliance what the agent itself found to be wrong, as {@code Incident.Raised}, which becomes an incident there. */
public final class IncidentLines {
    private static final StreamName STREAM = new StreamName("incident.agent");
    private static final int MOST_CHARS = 4_000;

    private final AgentQueue queue;
    private final DeviceLines lines;
    private final InstantSource clock;

    public IncidentLines(AgentQueue queue, DeviceLines lines, InstantSource clock) {
        this.queue = queue;
        this.lines = lines;
        this.clock = clock;
    }

    /**
     * A line that is on disk when this returns.
     *
     * @param found {@code rule}, {@code severity}, {@code detail} and what else there is to say; a long text is cut
     */
    public void raise(Map<String, String> found) throws IOException {
        StreamQueue stream = queue.stream(STREAM);
        var record = lines.about(STREAM, "Incident.Raised", clock.instant());
        found.forEach((member, text) ->
                record.attribute(member, text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS)));
        stream.append(List.of(lines.line(record)), null, null);
        stream.sync();
        stream.hurry();
    }
}
