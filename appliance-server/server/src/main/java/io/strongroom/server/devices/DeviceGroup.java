package io.strongroom.server.devices;

import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A group of devices.
 *
 * @param approval whether an officer has to let each device in
 * @param madeAt epoch milliseconds; 0 for the one that is always there
 */
record DeviceGroup(String name, boolean approval, String madeBy, long madeAt) {
    /** The group that is always there. */
    static final String DEFAULT = "default";

    private static final String SELECT = "SELECT name, approval, made_by, made_at FROM device_group";

    static Optional<DeviceGroup> find(Connection connection, String name) throws SQLException {
        return Sql.first(connection, SELECT + " WHERE name = ?", DeviceGroup::of, name);
    }

    static List<DeviceGroup> all(Connection connection) throws SQLException {
        return Sql.all(connection, SELECT + " ORDER BY name", DeviceGroup::of);
    }

    private static DeviceGroup of(ResultSet row) throws SQLException {
        return new DeviceGroup(
                row.getString("name"), row.getBoolean("approval"), row.getString("made_by"), row.getLong("made_at"));
    }

    /** Makes it, or changes whether it asks for approval. */
    static void put(Change change, String name, boolean approval, String by) throws SQLException {
        int changed =
                Sql.update(change.connection(), "UPDATE device_group SET approval = ? WHERE name = ?", approval, name);
        if (changed == 0) {
            Sql.update(
                    change.connection(),
                    "INSERT INTO device_group (tenant_id, name, approval, made_by, made_at) VALUES (?, ?, ?, ?, ?)",
                    change.tenant(),
                    name,
                    approval,
                    by,
                    change.now());
        }
    }
}
