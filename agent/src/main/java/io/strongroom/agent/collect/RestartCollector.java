package io.strongroom.agent.collect;

import io.strongroom.agent.launch.Restart;
import io.strongroom.agent.launch.RestartLog;
import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects that the agent was started again, why, and what follows for the collector that overran: once each. */
public final class RestartCollector implements Collector {
    private static final StreamName STREAM = new StreamName("telemetry.agent");
    private static final String KEY = "restarts";

    private final DeviceLines device;
    private final RestartLog log;
    private final InstantSource clock;

    public RestartCollector(DeviceLines device, RestartLog log, InstantSource clock) {
        this.device = device;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "restarts";
    }

    @Override
    public StreamName stream() {
        return STREAM;
    }

    @Override
    public boolean collect(Intake intake) throws IOException {
        long told = intake.position(KEY).map(Long::parseLong).orElse(0L);
        List<AuditRecord.Builder> records = new ArrayList<>();
        long last = told;
        for (Restart restart : log.read()) {
            if (restart.number() > told) {
                records.add(record(restart));
                last = restart.number();
            }
        }
        if (last > told) {
            intake.take(records, KEY, Long.toString(last));
        }
        return false;
    }

    private AuditRecord.Builder record(Restart restart) {
        AuditRecord.Builder record = device.about(STREAM, "Agent.Restarted", Instant.ofEpochMilli(restart.atMillis()))
                .attribute("cause", restart.cause())
                .attribute("told", restart.told());
        String collector = restart.collector();
        if (collector != null) {
            RestartLog.Measure measure =
                    log.measures(clock.millis()).getOrDefault(collector, RestartLog.Measure.AS_BEFORE);
            record.attribute("collector", collector)
                    .attribute(
                            "collectorRuns",
                            measure.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return record;
    }
}
