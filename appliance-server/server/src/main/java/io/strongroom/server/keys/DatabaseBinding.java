package io.strongroom.server.keys;

import io.strongroom.server.database.Database;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a database and a keys folder belong together, though one or the other may have been restored from a
 * backup: the database keeps the installation's id and each key's check value, never a key.
 */
public final class DatabaseBinding {
    private final Database database;

    public DatabaseBinding(Database database) {
        this.database = database;
    }

    /**
     * Binds a database that is new, or compares one that is not. Called at each start, and after a rotation for the new
     * keys.
     *
     * @throws StartRefusedException if they do not belong together; nothing is changed then
     */
    public void bind(Installation installation, Map<String, String> checks) {
        database.owner(connection -> {
            String bound = boundTo(connection);
            if (bound == null) {
                insert(connection, installation);
            } else if (!bound.equals(installation.id())) {
                throw refused("The database belongs to the installation " + bound + ", and the keys to "
                        + installation.id() + ". Give the data directory that belongs to this database.");
            }
            Map<String, String> known = known(connection);
            for (Map.Entry<String, String> check : known.entrySet()) {
                String here = checks.get(check.getKey());
                if (here == null) {
                    throw refused("The key " + check.getKey() + " is missing from the keys folder, which seems to be"
                            + " older than the database. Restore the newer keys.");
                }
                if (!here.equals(check.getValue())) {
                    throw refused("The key " + check.getKey() + " is not the one that this database was written with."
                            + " Restore the keys folder from its backup.");
                }
            }
            for (Map.Entry<String, String> check : checks.entrySet()) {
                if (!known.containsKey(check.getKey())) {
                    insert(connection, installation, check);
                }
            }
            return known.size();
        });
    }

    /** Expects these keys no more, which are about to be destroyed. */
    void forget(List<String> names) {
        database.owner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM key_check WHERE name = ?")) {
                for (String name : names) {
                    statement.setString(1, name);
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    private static @Nullable String boundTo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT installation_id FROM installation")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private static Map<String, String> known(Connection connection) throws SQLException {
        Map<String, String> known = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, check_value FROM key_check")) {
            while (rows.next()) {
                known.put(rows.getString(1), rows.getString(2));
            }
        }
        return known;
    }

    private static void insert(Connection connection, Installation installation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO installation (tenant_id, installation_id, origin, made_at)" + " VALUES (?, ?, ?, ?)")) {
            statement.setString(1, installation.tenant().value());
            statement.setString(2, installation.id());
            statement.setString(3, installation.origin().value());
            statement.setLong(4, installation.madeAt());
            statement.executeUpdate();
        }
    }

    private static void insert(Connection connection, Installation installation, Map.Entry<String, String> check)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO key_check (tenant_id, name, check_value) VALUES (?, ?, ?)")) {
            statement.setString(1, installation.tenant().value());
            statement.setString(2, check.getKey());
            statement.setString(3, check.getValue());
            statement.executeUpdate();
        }
    }

    private static StartRefusedException refused(String message) {
        return new StartRefusedException(Reason.KEY, message);
    }
}
