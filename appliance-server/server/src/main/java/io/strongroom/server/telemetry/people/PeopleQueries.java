package io.strongroom.server.telemetry.people;

import io.strongroom.api.json.Json;
import io.strongroom.server.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads users of devices, devices of users, and sessions. */
final class PeopleQueries {
    private PeopleQueries() {}

    /** That a user has a device. Times are epoch milliseconds. */
    record Assigned(
            String user, String device, boolean refused, long firstSeen, long lastSeen, long namedSeq, String pointer) {
        private static final String SELECT =
                "SELECT user_key, device_id, refused, first_seen, last_seen, named_seq, pointer"
                        + " FROM telemetry_device_user WHERE ";

        private static Assigned of(ResultSet row) throws SQLException {
            return new Assigned(
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getString(7));
        }
    }

    /** A session. Times are epoch milliseconds. */
    record Held(
            String id,
            String device,
            String user,
            long namedSeq,
            String pointer,
            long startedAt,
            @Nullable Long endedAt,
            long lastAt,
            Json.Obj evidence,
            Json.Obj context) {}

    /** All users of a device, of which there are {@value UserView#MOST_USERS} at most; whoever was seen last comes first. */
    static List<Assigned> ofDevice(Connection connection, String device) throws SQLException {
        return Sql.all(
                connection, Assigned.SELECT + "device_id = ? ORDER BY last_seen DESC, user_key", Assigned::of, device);
    }

    /** All devices of a user, of which there are few. */
    static List<Assigned> ofUser(Connection connection, String user) throws SQLException {
        return Sql.all(connection, Assigned.SELECT + "user_key = ? ORDER BY refused, device_id", Assigned::of, user);
    }

    /** Sessions of a device that the ledger took in before {@code before}, the newest first. */
    static List<Held> sessions(Connection connection, String device, long before, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT session_id, device_id, user_key, named_seq, pointer, started_at, ended_at, last_at, evidence, context"
                        + " FROM telemetry_session WHERE device_id = ? AND named_seq < ? ORDER BY named_seq DESC LIMIT "
                        + limit,
                row -> new Held(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6),
                        Sql.optionalLong(row, "ended_at"),
                        row.getLong(8),
                        Json.parseObject(row.getString(9).getBytes(StandardCharsets.UTF_8)),
                        Json.parseObject(row.getString(10).getBytes(StandardCharsets.UTF_8))),
                device,
                before);
    }
}
