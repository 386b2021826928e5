package io.strongroom.server.telemetry.incident;

import io.strongroom.server.database.Columns;
import io.strongroom.server.telemetry.incident.rule.Memory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What rules remember of devices, as rows. Each method runs in a transaction of its caller's. */
final class MemoryTable {
    private static final String[] TYPES = {"text", "text", "text", "text"};
    private static final String STORE = "MERGE INTO incident_memory AS m USING (SELECT * FROM "
            + Columns.unnest(TYPES) + " AS u(tenant_id, device, slot, numbers)) AS n"
            + " ON m.device = n.device AND m.slot = n.slot"
            + " WHEN MATCHED THEN UPDATE SET numbers = n.numbers"
            + " WHEN NOT MATCHED THEN INSERT (tenant_id, device, slot, numbers)"
            + " VALUES (n.tenant_id, n.device, n.slot, n.numbers)";

    private final String tenant;

    MemoryTable(String tenant) {
        this.tenant = tenant;
    }

    /** The memory of each of the devices, empty where there is nothing. */
    static Map<String, Memory> of(Connection connection, Collection<String> devices) throws SQLException {
        Map<String, Map<String, double[]>> stored = new HashMap<>();
        Columns asked = new Columns("text");
        for (String device : devices) {
            asked.row(device);
            stored.put(device, new HashMap<>());
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT m.device, m.slot, m.numbers FROM "
                + Columns.unnest("text") + " AS u(asked) JOIN incident_memory m ON m.device = u.asked")) {
            asked.bind(connection, query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stored.computeIfAbsent(row.getString(1), device -> new HashMap<>())
                            .put(row.getString(2), numbers(row.getString(3)));
                }
            }
        }
        Map<String, Memory> memories = new HashMap<>();
        stored.forEach((device, slots) -> memories.put(device, new Memory(slots)));
        return memories;
    }

    /** Stores what changed. */
    void store(Connection connection, Map<String, Memory> memories) throws SQLException {
        Columns changed = new Columns(TYPES);
        Columns forgotten = new Columns("text", "text");
        memories.forEach((device, memory) -> memory.changes().forEach((slot, numbers) -> {
            if (numbers == null) {
                forgotten.row(device, slot);
            } else {
                changed.row(tenant, device, slot, text(numbers));
            }
        }));
        if (changed.size() > 0) {
            changed.update(connection, STORE);
        }
        if (forgotten.size() > 0) {
            forgotten.update(
                    connection,
                    "DELETE FROM incident_memory WHERE (device, slot) IN (SELECT u.device, u.slot FROM "
                            + Columns.unnest("text", "text") + " AS u(device, slot))");
        }
    }

    /** Exactly the same numbers again by {@link #numbers}. */
    private static String text(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
