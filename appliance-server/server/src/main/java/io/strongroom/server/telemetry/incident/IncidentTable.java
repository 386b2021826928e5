package io.strongroom.server.telemetry.incident;

import io.strongroom.api.json.Json;
import io.strongroom.server.database.Columns;
import io.strongroom.server.telemetry.incident.Incident.Deed;
import io.strongroom.server.telemetry.incident.Incident.Sighting;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Incidents as rows. Each method runs in a transaction of its caller's. */
final class IncidentTable {
    private static final List<String> MEMBERS = List.of(
            "device",
            "rule",
            "subject",
            "severity",
            "detail",
            "first_seq",
            "first_at",
            "last_seq",
            "last_at",
            "sightings",
            "records",
            "recorded_seq",
            "cleared_seq",
            "cleared_at",
            "acknowledged_by",
            "acknowledged_at",
            "closed_by",
            "closed_at",
            "closed_because",
            "state");
    static final String COLUMNS = "id, " + String.join(", ", MEMBERS);

    private static final String[] TYPES = {
        "text", "text", "text", "text", "text", "text", "bigint", "bigint", "bigint", "bigint", "bigint", "text",
        "bigint", "bigint", "bigint", "text", "bigint", "text", "bigint", "text", "text", "text"
    };
    private static final String STORE = "MERGE INTO incident AS i USING (SELECT * FROM "
            + Columns.unnest(TYPES) + " AS u(" + COLUMNS + ", tenant_id)) AS n ON i.id = n.id"
            + " WHEN MATCHED THEN UPDATE SET "
            + MEMBERS.stream().map(name -> name + " = n." + name).collect(Collectors.joining(", "))
            + " WHEN NOT MATCHED THEN INSERT (" + COLUMNS + ", tenant_id) VALUES (n.id, "
            + MEMBERS.stream().map(name -> "n." + name).collect(Collectors.joining(", ")) + ", n.tenant_id)";

    private final String tenant;

    IncidentTable(String tenant) {
        this.tenant = tenant;
    }

    /** Those of the devices that are not closed, and those of these ids. */
    static List<Incident> atHand(Connection connection, Collection<String> devices, Collection<String> ids)
            throws SQLException {
        List<Incident> found = find(connection, "device", " AND i.state <> 'CLOSED'", devices);
        if (!ids.isEmpty()) {
            found.addAll(find(connection, "id", " AND i.state = 'CLOSED'", ids));
        }
        return found;
    }

    private static List<Incident> find(Connection connection, String column, String only, Collection<String> values)
            throws SQLException {
        Columns asked = new Columns("text");
        values.forEach(asked::row);
        String columns =
                Arrays.stream(COLUMNS.split(", ", -1)).map(name -> "i." + name).collect(Collectors.joining(", "));
        List<Incident> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT " + columns + " FROM "
                + Columns.unnest("text") + " AS u(asked) JOIN incident i ON i." + column + " = u.asked" + only)) {
            asked.bind(connection, query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(incident(row));
                }
            }
        }
        return found;
    }

    void store(Connection connection, List<Incident> incidents) throws SQLException {
        if (incidents.isEmpty()) {
            return;
        }
        Columns rows = new Columns(TYPES);
        for (Incident each : incidents) {
            Sighting cleared = each.cleared();
            Deed acknowledged = each.acknowledged();
            Deed closed = each.closed();
            rows.row(
                    each.id(),
                    each.device(),
                    each.rule(),
                    each.subject(),
                    each.severity().name(),
                    each.detail().toString(),
                    each.first().seq(),
                    each.first().at(),
                    each.last().seq(),
                    each.last().at(),
                    each.count(),
                    each.records().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                    each.recorded(),
                    cleared == null ? null : cleared.seq(),
                    cleared == null ? null : cleared.at(),
                    acknowledged == null ? null : acknowledged.by(),
                    acknowledged == null ? null : acknowledged.at(),
                    closed == null ? null : closed.by(),
                    closed == null ? null : closed.at(),
                    closed == null ? null : closed.because(),
                    each.state().name(),
                    tenant);
        }
        rows.update(connection, STORE);
    }

    /** The incident of a row that has {@link #COLUMNS}. */
    static Incident incident(ResultSet row) throws SQLException {
        Long clearedSeq = number(row, "cleared_seq");
        return new Incident(
                row.getString("id"),
                row.getString("device"),
                row.getString("rule"),
                row.getString("subject"),
                Severity.valueOf(row.getString("severity")),
                Json.parseObject(row.getString("detail").getBytes(StandardCharsets.UTF_8)),
                new Sighting(row.getLong("first_seq"), row.getLong("first_at")),
                new Sighting(row.getLong("last_seq"), row.getLong("last_at")),
                row.getLong("sightings"),
                Arrays.stream(row.getString("records").split(" ", -1))
                        .map(Long::valueOf)
                        .toList(),
                number(row, "recorded_seq"),
                clearedSeq == null ? null : new Sighting(clearedSeq, row.getLong("cleared_at")),
                deed(row, "acknowledged", ""),
                deed(row, "closed", "closed_because"));
    }

    private static @Nullable Deed deed(ResultSet row, String what, String because) throws SQLException {
        String by = row.getString(what + "_by");
        return by == null
                ? null
                : new Deed(by, row.getLong(what + "_at"), because.isEmpty() ? "" : row.getString(because));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }
}
