package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Collects how the agent itself is doing: its heartbeat. */
public final class OwnHealthCollector implements Collector {
    private static final StreamName STREAM = new StreamName("telemetry.agent");
    private static final String KEY = "agent";

    private final DeviceLines device;
    private final InstantSource clock;
    private final Supplier<Json.Obj> state;

    /** @param state what the agent knows of itself */
    public OwnHealthCollector(DeviceLines device, InstantSource clock, Supplier<Json.Obj> state) {
        this.device = device;
        this.clock = clock;
        this.state = state;
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        intake.take(
                List.of(device.about(STREAM, "Telemetry.Agent", clock.instant()).attribute("agent", state.get())),
                KEY,
                "");
        return false;
    }
}
