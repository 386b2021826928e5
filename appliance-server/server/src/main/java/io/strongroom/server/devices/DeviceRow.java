package io.strongroom.server.devices;

import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device as it is kept. All times are epoch milliseconds.
 *
 * @param label what whoever made its token calls it
 * @param because why its state is what it is, in a word such as {@code copied-key}; empty if nobody has to ask
 * @param generation the newest of its certificates that was used; 0 before the first
 * @param requestKey what it was enrolled with, as SubjectPublicKeyInfo
 * @param witnessKey the Ed25519 key by which it cosigns checkpoints, as SubjectPublicKeyInfo; null until it is bound
 */
record DeviceRow(
        String id,
        String label,
        String group,
        DeviceState state,
        String because,
        int generation,
        byte[] requestKey,
        long madeAt,
        long changedAt,
        String changedBy,
        byte @Nullable [] witnessKey,
        @Nullable Long witnessAt) {
    private static final String SELECT =
            "SELECT id, label, group_name, state, because, generation, request_key, made_at,"
                    + " changed_at, changed_by, witness_key, witness_at FROM device";

    /** Those that have changed since. */
    static List<DeviceRow> since(Connection connection, long version) throws SQLException {
        return Sql.all(connection, SELECT + " WHERE version > ?", DeviceRow::of, version);
    }

    static Optional<DeviceRow> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SELECT + " WHERE id = ?", DeviceRow::of, id);
    }

    private static DeviceRow of(ResultSet row) throws SQLException {
        return new DeviceRow(
                row.getString("id"),
                row.getString("label"),
                row.getString("group_name"),
                DeviceState.valueOf(row.getString("state")),
                row.getString("because"),
                row.getInt("generation"),
                row.getBytes("request_key"),
                row.getLong("made_at"),
                row.getLong("changed_at"),
                row.getString("changed_by"),
                row.getBytes("witness_key"),
                Sql.optionalLong(row, "witness_at"));
    }

    static void insert(Change change, DeviceRow device) throws SQLException {
        Sql.update(
                change.connection(),
                "INSERT INTO device (tenant_id, id, label, group_name, state, because, generation, request_key, made_at,"
                        + " changed_at, changed_by, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                change.tenant(),
                device.id(),
                device.label(),
                device.group(),
                device.state().name(),
                device.because(),
                device.generation(),
                device.requestKey(),
                device.madeAt(),
                device.changedAt(),
                device.changedBy(),
                change.version());
    }

    /** Moves a device from one state to another. */
    static void move(Change change, String id, DeviceState to, String because, String by) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device SET state = ?, because = ?, changed_at = ?, changed_by = ?, version = ? WHERE id = ?",
                to.name(),
                because,
                change.now(),
                by,
                change.version(),
                id);
    }

    /** Says that a generation counts from now on. */
    static void use(Change change, String id, int generation) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device SET generation = ?, version = ? WHERE id = ?",
                generation,
                change.version(),
                id);
    }

    static void bindWitness(Change change, String id, byte[] key) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device SET witness_key = ?, witness_at = ?, version = ? WHERE id = ?",
                key,
                change.now(),
                change.version(),
                id);
    }
}
