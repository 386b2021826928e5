package io.strongroom.server.telemetry.incident;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.telemetry.Expiry;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.View;
import io.strongroom.server.telemetry.incident.rule.Memory;
import io.strongroom.server.telemetry.incident.rule.Rules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Keeps incidents as the ledger goes on. A fixed number of statements for any number of observations. */
final class IncidentView implements View, MeterSource {
    private final Rules rules;
    private final String tenant;
    private final Duration kept;
    private final IncidentTable table;
    private final MemoryTable memory;
    private final LongAdder passedOver = new LongAdder();

    /** @param kept how long those are kept that are closed */
    IncidentView(Rules rules, String tenant, Duration kept) {
        this.rules = rules;
        this.kept = kept;
        this.tenant = tenant;
        this.table = new IncidentTable(tenant);
        this.memory = new MemoryTable(tenant);
    }

    @Override
    public String name() {
        return "incidents 2";
    }

    @Override
    public List<String> tables() {
        return List.of("incident", "incident_memory", "incident_heard");
    }

    @Override
    public boolean reads(String stream, String action) {
        return rules.read(stream, action);
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Set<String> devices = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (Observation each : observations) {
            devices.add(each.device());
            if (each.stream().equals(IncidentRecords.STREAM)) {
                each.text("incident").ifPresent(named::add);
            }
        }
        Map<String, Memory> memories = MemoryTable.of(connection, devices);
        IncidentFold fold = new IncidentFold(rules, memories, IncidentTable.atHand(connection, devices, named));
        observations.forEach(fold::take);
        table.store(connection, fold.changed());
        memory.store(connection, memories);
        Silence.heard(connection, tenant, observations);
        passedOver.add(fold.passedOver());
    }

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        return Expiry.delete(connection, "incident", "closed_at", now - kept.toMillis(), most);
    }

    @Override
    public void describe(Meters meters) {
        meters.counter(
                "strongroom_incidents_passed_over",
                "Findings that were not followed, because their device has too many incidents, since the start.",
                passedOver.sum());
    }
}
