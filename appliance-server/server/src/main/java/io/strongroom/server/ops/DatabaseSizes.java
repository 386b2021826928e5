package io.strongroom.server.ops;

import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.ApplianceStorage.Disk;
import io.strongroom.api.ApplianceStorage.Part;
import io.strongroom.server.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much the database takes on disk, and what of it is for what. Asks its catalogue and its files, and reads no row. */
final class DatabaseSizes {
    private static final String OTHER = "other";

    /** By how the names of tables begin; the first that fits counts. */
    private static final Map<String, String> KINDS = kinds();

    private DatabaseSizes() {}

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("ledger_disclosure", "disclosures");
        kinds.put("data_key", "disclosures");
        kinds.put("ledger_", "ledger");
        kinds.put("checkpoint_", "ledger");
        kinds.put("timeline", "search");
        kinds.put("facet_", "search");
        kinds.put("projection_", "search");
        kinds.put("telemetry_", "telemetry");
        kinds.put("health_", "telemetry");
        kinds.put("incident", "telemetry");
        kinds.put("deployment", "telemetry");
        kinds.put("device", "devices");
        return kinds;
    }

    /** @param disk of its own, where its folder is on one */
    static ApplianceStorage.Database of(Database database, Optional<Disk> disk) {
        return switch (database.engine()) {
            case POSTGRESQL -> database.read(connection -> postgres(connection, disk));
            case H2 ->
                new ApplianceStorage.Database(
                        database.read(connection -> number(
                                connection,
                                "SELECT setting_value FROM information_schema.settings"
                                        + " WHERE setting_name = 'info.FILE_SIZE'")),
                        List.of(),
                        disk);
        };
    }

    private static ApplianceStorage.Database postgres(Connection connection, Optional<Disk> disk) throws SQLException {
        long whole = number(connection, "SELECT pg_database_size(current_database())");
        Map<String, Long> parts = new LinkedHashMap<>();
        KINDS.values().forEach(kind -> parts.put(kind, 0L));
        // With indexes and what is stored beside the rows; a partition counts for the table that it belongs to.
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT root.relname, sum(pg_total_relation_size(part.oid))"
                                + " FROM pg_class part JOIN pg_class root ON root.oid = coalesce(pg_partition_root(part.oid), part.oid)"
                                + " WHERE part.relkind = 'r' AND part.relnamespace ="
                                + " (SELECT relnamespace FROM pg_class WHERE oid = 'ledger_head'::regclass)"
                                + " GROUP BY root.relname");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String kind = kind(rows.getString(1));
                if (!kind.equals(OTHER)) {
                    parts.merge(kind, rows.getLong(2), Long::sum);
                }
            }
        }
        long known = parts.values().stream().mapToLong(Long::longValue).sum();
        parts.put(OTHER, Math.max(0, whole - known));
        return new ApplianceStorage.Database(
                whole,
                parts.entrySet().stream()
                        .map(part -> new Part(part.getKey(), part.getValue()))
                        .toList(),
                disk);
    }

    private static String kind(String table) {
        return KINDS.entrySet().stream()
                .filter(kind -> table.startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
