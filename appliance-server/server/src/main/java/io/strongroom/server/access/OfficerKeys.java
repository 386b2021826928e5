package io.strongroom.server.access;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The keys by which officers sign. A key belongs to one officer for ever, and is never forgotten. */
@Singleton
public final class OfficerKeys {
    private static final String SELECT = "SELECT shown_id, public_key, enrolled_at, revoked_at FROM access_officer_key";

    private final Database database;

    public OfficerKeys(Database database) {
        this.database = database;
    }

    /** The key of that id, also if it is revoked: {@link OfficerKey#countsAt} tells when it counted. */
    public Optional<OfficerKey> find(Digest keyId) {
        return database.read(
                connection -> Sql.first(connection, SELECT + " WHERE id = ?", OfficerKeys::key, keyId.toString()));
    }

    /** All keys of an officer, the oldest first, revoked ones included. */
    public List<OfficerKey> of(PersonId officer) {
        return database.read(connection -> Sql.all(
                connection,
                SELECT + " WHERE user_id = ? ORDER BY enrolled_at, id",
                OfficerKeys::key,
                UserRows.key(officer)));
    }

    /** The keys that count now, of accounts that are active. */
    public List<OfficerKey> inForce() {
        return database.read(connection -> Sql.all(
                connection,
                SELECT
                        + " WHERE revoked_at IS NULL AND user_id IN"
                        + " (SELECT id FROM access_user WHERE disabled_at IS NULL) ORDER BY enrolled_at, id",
                OfficerKeys::key));
    }

    private static OfficerKey key(ResultSet row) throws SQLException {
        return new OfficerKey(
                new PersonId(row.getString("shown_id")),
                VerifyingKey.ofRaw(SigningAlgorithm.ED25519, row.getBytes("public_key")),
                row.getLong("enrolled_at"),
                Sql.optionalLong(row, "revoked_at"));
    }
}
