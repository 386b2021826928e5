package io.strongroom.server.devices;

import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A one-time token as it is kept. All times are epoch milliseconds.
 *
 * @param hash SHA-256 of its text
 * @param label what the device will be called
 * @param authority whose fingerprint it carries
 * @param device what was enrolled with it; null until it is used
 */
record EnrolmentToken(
        String id,
        byte[] hash,
        String label,
        String group,
        int authority,
        String madeBy,
        long madeAt,
        long expiresAt,
        @Nullable Long usedAt,
        @Nullable String device,
        @Nullable Long revokedAt) {
    private static final String SELECT =
            "SELECT id, hash, label, group_name, authority_id, made_by, made_at, expires_at,"
                    + " used_at, device_id, revoked_at FROM device_token";

    static Optional<EnrolmentToken> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SELECT + " WHERE id = ?", EnrolmentToken::of, id);
    }

    /** Those made since, the newest first. */
    static List<EnrolmentToken> since(Connection connection, long madeAt) throws SQLException {
        return Sql.all(
                connection, SELECT + " WHERE made_at >= ? ORDER BY made_at DESC, id", EnrolmentToken::of, madeAt);
    }

    private static EnrolmentToken of(ResultSet row) throws SQLException {
        return new EnrolmentToken(
                row.getString("id"),
                row.getBytes("hash"),
                row.getString("label"),
                row.getString("group_name"),
                row.getInt("authority_id"),
                row.getString("made_by"),
                row.getLong("made_at"),
                row.getLong("expires_at"),
                Sql.optionalLong(row, "used_at"),
                row.getString("device_id"),
                Sql.optionalLong(row, "revoked_at"));
    }

    static void insert(Change change, EnrolmentToken token) throws SQLException {
        Sql.update(
                change.connection(),
                "INSERT INTO device_token (tenant_id, id, hash, label, group_name, authority_id, made_by, made_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                change.tenant(),
                token.id(),
                token.hash(),
                token.label(),
                token.group(),
                token.authority(),
                token.madeBy(),
                token.madeAt(),
                token.expiresAt());
    }

    static void use(Change change, String id, String device) throws SQLException {
        Sql.update(
                change.connection(),
                "UPDATE device_token SET used_at = ?, device_id = ? WHERE id = ?",
                change.now(),
                device,
                id);
    }

    /** False if there is none that nobody has used or revoked. */
    static boolean revoke(Change change, String id) throws SQLException {
        return Sql.update(
                        change.connection(),
                        "UPDATE device_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL AND used_at IS NULL",
                        change.now(),
                        id)
                == 1;
    }
}
