package io.strongroom.server.telemetry.inventory;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.FieldRights;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is known of devices. */
final class Facts {
    private Facts() {}

    /**
     * When a device was heard of. Times are epoch milliseconds.
     *
     * @param signed whether what came last was signed
     * @param policy digest of the bundle that decided about what came last
     */
    record Heard(long firstSeen, long lastSeen, boolean signed, String policy) {}

    /** Something that a device told of itself, and where. */
    record Fact(String name, String value, String stream, String pointer, long seq, long toldAt) {}

    static Map<String, Heard> heard(Connection connection, List<String> devices) throws SQLException {
        Map<String, Heard> heard = new HashMap<>();
        if (!devices.isEmpty()) {
            var unused = Sql.all(
                    connection,
                    "SELECT device_id, first_seen, last_seen, signed, policy FROM telemetry_device WHERE device_id IN "
                            + among(devices),
                    row -> heard.put(
                            row.getString(1),
                            new Heard(row.getLong(2), row.getLong(3), row.getBoolean(4), row.getString(5))),
                    devices.toArray());
        }
        return heard;
    }

    static Map<String, List<Fact>> facts(Connection connection, List<String> devices) throws SQLException {
        Map<String, List<Fact>> facts = new HashMap<>();
        if (!devices.isEmpty()) {
            var unused = Sql.all(
                    connection,
                    "SELECT device_id, name, fact, stream, pointer, seq, told_at FROM telemetry_fact WHERE device_id IN "
                            + among(devices) + " ORDER BY device_id, name",
                    row -> facts.computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                            .add(new Fact(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getLong(6),
                                    row.getLong(7))),
                    devices.toArray());
        }
        return facts;
    }

    private static String among(List<String> devices) {
        return "(" + String.join(", ", Collections.nCopies(devices.size(), "?")) + ")";
    }

    /** The facts as a reader is told them: each with its value, or why it is withheld. */
    static Json.Obj wire(List<Fact> facts, FieldRights rights) {
        Json.Builder all = Json.object();
        for (Fact fact : facts) {
            Optional<String> withheld = rights.withheld(fact.stream(), fact.pointer(), Json.of(fact.value()));
            Json.Builder one = Json.object();
            withheld.ifPresentOrElse(reason -> one.put("withheld", reason), () -> one.put("value", fact.value()));
            all.put(
                    fact.name(),
                    one.put("toldAt", Rfc3339.format(fact.toldAt()))
                            .put("seq", fact.seq())
                            .build());
        }
        return all.build();
    }
}
