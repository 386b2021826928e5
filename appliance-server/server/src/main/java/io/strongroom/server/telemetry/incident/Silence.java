package io.strongroom.server.telemetry.incident;

import io.strongroom.api.json.Json;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.Columns;
import io.strongroom.server.database.Sql;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.incident.Incident.Sighting;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that were heard of and are silent now: {@code heartbeat-missed}. That time passes stands in no record, so this is
 * the one rule that goes by the clock; what it finds counts once it is in the ledger, like what an officer does.
 */
final class Silence {
    static final String RULE = "heartbeat-missed";
    private static final int MOST_AT_ONCE = 500;

    private static final String[] TYPES = {"text", "text", "bigint", "bigint"};
    private static final String HEARD = "MERGE INTO incident_heard AS h USING (SELECT * FROM "
            + Columns.unnest(TYPES) + " AS u(tenant_id, device, heard_at, heard_seq)) AS n ON h.device = n.device"
            + " WHEN MATCHED THEN UPDATE SET heard_at = n.heard_at, heard_seq = n.heard_seq"
            + " WHEN NOT MATCHED THEN INSERT (tenant_id, device, heard_at, heard_seq)"
            + " VALUES (n.tenant_id, n.device, n.heard_at, n.heard_seq)";

    private final KnownDevices devices;
    private final Duration most;

    /** @param most how long a device may be silent */
    Silence(KnownDevices devices, Duration most) {
        this.devices = devices;
        this.most = most;
    }

    /** Notes when devices were heard of, by the ledger's clock. */
    static void heard(Connection connection, String tenant, List<Observation> observations) throws SQLException {
        Map<String, Observation> newest = new LinkedHashMap<>();
        for (Observation each : observations) {
            if (!each.stream().startsWith("system.")) {
                newest.put(each.device(), each);
            }
        }
        if (newest.isEmpty()) {
            return;
        }
        Columns rows = new Columns(TYPES);
        newest.forEach((device, last) -> rows.row(tenant, device, last.recordedAt(), last.seq()));
        rows.update(connection, HEARD);
    }

    /**
     * Who is silent for too long and was not told of for this silence. Whom the appliance does not let in is not expected.
     *
     * @param now epoch milliseconds
     * @param since when the appliance began to listen; silence before that was its own
     */
    List<Incident> silent(Connection connection, long now, long since) throws SQLException {
        long before = now - most.toMillis();
        if (since > before) {
            return List.of();
        }
        return Sql.all(
                        connection,
                        "SELECT h.device, h.heard_at, h.heard_seq FROM incident_heard h WHERE h.heard_at < ?"
                                + " AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.device = h.device AND i.rule = '"
                                + RULE + "' AND i.first_seq = h.heard_seq) ORDER BY h.heard_seq LIMIT " + MOST_AT_ONCE,
                        row -> incident(row.getString(1), row.getLong(2), row.getLong(3)),
                        before)
                .stream()
                .filter(this::isExpected)
                .toList();
    }

    private boolean isExpected(Incident incident) {
        return devices.find(incident.device())
                .filter(device -> device.state() == DeviceState.ACTIVE)
                .isPresent();
    }

    private static Incident incident(String device, long heardAt, long heardSeq) {
        Sighting last = new Sighting(heardSeq, heardAt);
        return new Incident(
                Incident.id(device, RULE, "", heardSeq),
                device,
                RULE,
                "",
                Severity.S2,
                Json.Obj.EMPTY,
                last,
                last,
                1,
                List.of(heardSeq),
                null,
                null,
                null,
                null);
    }
}
