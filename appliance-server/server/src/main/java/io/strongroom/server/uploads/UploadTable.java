package io.strongroom.server.uploads;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept under which name in the object store, and its key, wrapped. Without its row an object is noise.
 *
 * <p>A row is written before the object is, and gets its digest after: one without a digest is what a killed process
 * left, or an upload under way.
 */
final class UploadTable {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final String tenant;

    UploadTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /**
     * A value that is kept whole.
     *
     * @param referred whether a record refers to it, or was about to
     */
    record Kept(String name, Wrapped key, long bytes, boolean referred) {}

    Optional<Kept> find(Digest digest) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT name, generation, wrapped, bytes, referred FROM uploaded_object WHERE digest = ?")) {
                select.setBytes(1, digest.bytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Kept(
                                    row.getString(1),
                                    new Wrapped(row.getInt(2), row.getBytes(3)),
                                    row.getLong(4),
                                    row.getBoolean(5)))
                            : Optional.empty();
                }
            }
        });
    }

    /** Says that an object of that name is about to be stored. Durable when this returns. */
    void begin(String name, Wrapped key, long bytes, long now) {
        database.durable(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO uploaded_object"
                    + " (tenant_id, name, generation, wrapped, bytes, created_at, referred)"
                    + " VALUES (?, ?, ?, ?, ?, ?, FALSE)")) {
                insert.setString(1, tenant);
                insert.setString(2, name);
                insert.setInt(3, key.generation());
                insert.setBytes(4, key.key());
                insert.setLong(5, bytes);
                insert.setLong(6, now);
                return insert.executeUpdate();
            }
        });
    }

    /**
     * Says that the object of that name is stored whole. Durable when this returns.
     *
     * @return false if another object has these bytes already; then nothing was changed
     */
    boolean settle(String name, Digest digest) {
        try {
            return database.durable(connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE uploaded_object SET digest = ? WHERE name = ? AND digest IS NULL")) {
                    update.setBytes(1, digest.bytes());
                    update.setString(2, name);
                    return update.executeUpdate() == 1;
                }
            });
        } catch (DatabaseException e) {
            if (e.sqlState().equals(UNIQUE_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    /** Says that a record refers to it. Durable when this returns; false if there is none to which none did. */
    boolean refer(Digest digest) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE uploaded_object SET referred = TRUE WHERE digest = ? AND referred = FALSE")) {
                update.setBytes(1, digest.bytes());
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Says that it came again, if no record refers to it: its time begins anew. */
    void renew(Digest digest, long now) {
        database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE uploaded_object SET created_at = ? WHERE digest = ? AND referred = FALSE")) {
                update.setLong(1, now);
                update.setBytes(2, digest.bytes());
                return update.executeUpdate();
            }
        });
    }

    /** The names of those that came before a time and to which no record refers. */
    List<String> unreferred(long before) {
        return database.read(connection -> {
            List<String> names = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT name FROM uploaded_object"
                    + " WHERE referred = FALSE AND digest IS NOT NULL AND created_at < ? ORDER BY created_at, name")) {
                select.setLong(1, before);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            }
            return names;
        });
    }

    /**
     * Takes its digest from one of {@link #unreferred}: from then on nothing finds it, and what is left of it is as of an
     * upload that was cut off. Durable when this returns.
     *
     * @return false if a record refers to it meanwhile, or it came again
     */
    boolean unsettle(String name, long before) {
        return database.durable(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE uploaded_object SET digest = NULL"
                    + " WHERE name = ? AND referred = FALSE AND created_at < ?")) {
                update.setString(1, name);
                update.setLong(2, before);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** The names under which nothing whole is known to stand. */
    List<String> unsettled() {
        return database.read(connection -> {
            List<String> names = new ArrayList<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT name FROM uploaded_object WHERE digest IS NULL");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
    }

    void delete(String name) {
        database.durable(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM uploaded_object WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate();
            }
        });
    }
}
