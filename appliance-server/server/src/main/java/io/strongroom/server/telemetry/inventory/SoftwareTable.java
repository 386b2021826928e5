package io.strongroom.server.telemetry.inventory;

import io.strongroom.evidence.Digest;
import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.Upsert;
import io.strongroom.server.telemetry.inventory.SoftwareView.Installed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes packages, which device has them, and what changed. For the follower's thread. */
final class SoftwareTable {
    /** Packages that are known to be stored; forgotten as a whole when there are more. */
    private static final int MOST_KNOWN = 100_000;

    private static final int MOST_STATUS_CHARS = 200;

    private static final Upsert LIST = new Upsert(
            "UPDATE telemetry_software_list SET mark = ?, first_list = ?, parts = ?, seen = ?, expected = ?, told = ?,"
                    + " occurred_at = ?, seq = ?, stream = ?, pointer = ? WHERE tenant_id = ? AND device_id = ?",
            "INSERT INTO telemetry_software_list (mark, first_list, parts, seen, expected, told, occurred_at, seq, stream,"
                    + " pointer, tenant_id, device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private static final Upsert SOFTWARE = new Upsert(
            "UPDATE telemetry_software SET mark = ?, status = ?, since_at = LEAST(since_at, ?), since_seq ="
                    + " LEAST(since_seq, ?) WHERE tenant_id = ? AND device_id = ? AND package_id = ?",
            "INSERT INTO telemetry_software (mark, status, since_at, since_seq, tenant_id, device_id, package_id)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)");

    private static final String CHANGE =
            "INSERT INTO telemetry_software_change (change, occurred_at, recorded_at, tenant_id,"
                    + " device_id, seq, package_id) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final String tenant;
    private final Set<UUID> known = new HashSet<>();

    SoftwareTable(String tenant) {
        this.tenant = tenant;
    }

    void forget() {
        known.clear();
    }

    /** The same for the same package URL. */
    static UUID id(String purl) {
        ByteBuffer digest =
                ByteBuffer.wrap(Digest.of(purl.getBytes(StandardCharsets.UTF_8)).bytes());
        return new UUID(digest.getLong(), digest.getLong());
    }

    static @Nullable SoftwareList list(Connection connection, String device) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT mark, first_list, parts, seen, expected, told, occurred_at, seq, stream, pointer FROM telemetry_software_list"
                                + " WHERE device_id = ?",
                        row -> new SoftwareList(
                                row.getLong(1),
                                row.getBoolean(2),
                                row.getInt(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getString(9),
                                row.getString(10)),
                        device)
                .orElse(null);
    }

    void store(Connection connection, String device, SoftwareList list) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {
            list.mark(),
            list.first(),
            list.parts(),
            list.seen(),
            list.expected(),
            list.told(),
            list.occurredAt(),
            list.seq(),
            list.stream(),
            list.pointer(),
            tenant,
            device
        });
        LIST.run(connection, rows);
    }

    /** Stores those packages that nobody had before. */
    void remember(Connection connection, List<Installed> packages) throws SQLException {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO telemetry_package (package_id, purl, name,"
                        + " version, tenant_id) SELECT CAST(? AS uuid), CAST(? AS varchar(1000)), CAST(? AS varchar(1000)),"
                        + " CAST(? AS varchar(1000)), CAST(? AS varchar(64)) WHERE NOT EXISTS"
                        + " (SELECT 1 FROM telemetry_package WHERE package_id = ?)")) {
            for (Installed each : packages) {
                UUID id = id(each.purl().text());
                if (known.add(id)) {
                    insert.setObject(1, id);
                    insert.setString(2, each.purl().text());
                    insert.setString(3, each.purl().name());
                    insert.setString(4, each.purl().version());
                    insert.setString(5, tenant);
                    insert.setObject(6, id);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** Puts packages on the device's list. */
    void add(Connection connection, Observation told, SoftwareList list, List<Installed> packages) throws SQLException {
        Set<UUID> there = there(connection, told.device(), packages);
        Map<UUID, @Nullable Object[]> rows = new HashMap<>();
        List<UUID> added = new ArrayList<>();
        for (Installed each : packages) {
            UUID id = id(each.purl().text());
            rows.put(id, new Object[] {
                list.mark(), cut(each.status()), told.occurredAt(), told.seq(), tenant, told.device(), id
            });
            if (!there.contains(id) && !list.first()) {
                added.add(id);
            }
        }
        SOFTWARE.run(connection, List.copyOf(rows.values()));
        changes(connection, "added", told, added);
    }

    private static Set<UUID> there(Connection connection, String device, List<Installed> packages) throws SQLException {
        if (packages.isEmpty()) {
            return Set.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(device));
        packages.forEach(each -> parameters.add(id(each.purl().text())));
        return Set.copyOf(Sql.all(
                connection,
                "SELECT package_id FROM telemetry_software WHERE device_id = ? AND package_id IN ("
                        + String.join(", ", Collections.nCopies(packages.size(), "?")) + ")",
                row -> row.getObject(1, UUID.class),
                parameters.toArray()));
    }

    /** Takes off the device what is not on the list. */
    void removeOthers(Connection connection, Observation told, SoftwareList list) throws SQLException {
        List<UUID> gone = Sql.all(
                connection,
                "SELECT package_id FROM telemetry_software WHERE device_id = ? AND mark <> ?",
                row -> row.getObject(1, UUID.class),
                told.device(),
                list.mark());
        changes(connection, "removed", told, gone);
        Sql.update(
                connection,
                "DELETE FROM telemetry_software WHERE device_id = ? AND mark <> ?",
                told.device(),
                list.mark());
    }

    private void changes(Connection connection, String change, Observation told, List<UUID> packages)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CHANGE)) {
            for (UUID each : packages) {
                insert.setString(1, change);
                insert.setLong(2, told.occurredAt());
                insert.setLong(3, told.recordedAt());
                insert.setString(4, tenant);
                insert.setString(5, told.device());
                insert.setLong(6, told.seq());
                insert.setObject(7, each);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Deletes packages that no device has, and no change tells of. @return whether there may be more */
    boolean forgetUnused(Connection connection, int most) throws SQLException {
        int deleted = Sql.update(
                connection,
                "DELETE FROM telemetry_package WHERE package_id IN (SELECT package_id FROM telemetry_package AS unused"
                        + " WHERE NOT EXISTS (SELECT 1 FROM telemetry_software AS had WHERE had.package_id ="
                        + " unused.package_id) AND NOT EXISTS (SELECT 1 FROM telemetry_software_change AS changed WHERE"
                        + " changed.package_id = unused.package_id) LIMIT " + most + ")");
        known.clear();
        return deleted == most;
    }

    private static String cut(String status) {
        return status.length() <= MOST_STATUS_CHARS ? status : status.substring(0, MOST_STATUS_CHARS);
    }
}
