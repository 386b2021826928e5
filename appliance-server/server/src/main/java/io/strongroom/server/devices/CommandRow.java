package io.strongroom.server.devices;

import io.strongroom.api.CommandOutcome;
import io.strongroom.api.DeviceCommand;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is kept. All times are epoch milliseconds.
 *
 * @param deliveredAt when it was first given to the device over HTTPS; whether a message by MQTT arrives nobody knows
 * @param outcome what the device told; null until then
 */
record CommandRow(
        String id,
        String device,
        DeviceOrder order,
        String madeBy,
        long madeAt,
        long expiresAt,
        @Nullable Long deliveredAt,
        @Nullable Long settledAt,
        @Nullable CommandOutcome outcome) {
    private static final String SELECT = "SELECT id, device_id, command, made_by, made_at, expires_at, delivered_at,"
            + " settled_at, outcome FROM device_command";
    private static final String OPEN = " WHERE device_id = ? AND settled_at IS NULL AND expires_at > ?";

    private static CommandRow of(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new CommandRow(
                row.getString("id"),
                row.getString("device_id"),
                DeviceOrder.fromJson(parse(row.getString("command"))),
                row.getString("made_by"),
                row.getLong("made_at"),
                row.getLong("expires_at"),
                Sql.optionalLong(row, "delivered_at"),
                Sql.optionalLong(row, "settled_at"),
                outcome == null ? null : CommandOutcome.fromJson(parse(outcome)));
    }

    private static Json.Obj parse(String json) {
        return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Those that the device may still carry out, the oldest first. */
    static List<CommandRow> open(Connection connection, String device, long now) throws SQLException {
        return Sql.all(connection, SELECT + OPEN + " ORDER BY made_at, id", CommandRow::of, device, now);
    }

    static Optional<CommandRow> find(Connection connection, String device, String id) throws SQLException {
        return Sql.first(connection, SELECT + " WHERE device_id = ? AND id = ?", CommandRow::of, device, id);
    }

    /** A page of a device's, the newest first. */
    static List<CommandRow> before(Connection connection, String device, long madeAt, String id, int most)
            throws SQLException {
        return Sql.all(
                connection,
                SELECT + " WHERE device_id = ? AND (made_at < ? OR made_at = ? AND id < ?)"
                        + " ORDER BY made_at DESC, id DESC LIMIT " + most,
                CommandRow::of,
                device,
                madeAt,
                madeAt,
                id);
    }

    static void insert(Change change, CommandRow row) throws SQLException {
        Sql.update(
                change.connection(),
                "INSERT INTO device_command (tenant_id, id, device_id, command, made_by, made_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                change.tenant(),
                row.id(),
                row.device(),
                row.order().toJson().toString(),
                row.madeBy(),
                row.madeAt(),
                row.expiresAt());
    }

    /** Forgets those that ended before. */
    static void forget(Connection connection, long expiredBefore) throws SQLException {
        Sql.update(connection, "DELETE FROM device_command WHERE expires_at < ?", expiredBefore);
    }

    static void delivered(Connection connection, String id, long now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE device_command SET delivered_at = ? WHERE id = ? AND delivered_at IS NULL",
                now,
                id);
    }

    /** False if it is settled already. */
    static boolean settle(Connection connection, String id, CommandOutcome outcome, long now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE device_command SET settled_at = ?, outcome = ? WHERE id = ? AND settled_at IS NULL",
                        now,
                        outcome.toJson().toString(),
                        id)
                == 1;
    }

    /** As the device gets it. */
    DeviceCommand command() {
        return new DeviceCommand(id, order, Rfc3339.format(expiresAt));
    }

    /** How it stands: what the device told counts, also if it told it late. */
    String state(long now) {
        CommandOutcome told = outcome;
        if (told != null) {
            return told.toJson().text("outcome");
        }
        return expiresAt <= now ? "expired" : deliveredAt != null ? "delivered" : "waiting";
    }
}
