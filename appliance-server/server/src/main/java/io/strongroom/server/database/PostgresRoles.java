package io.strongroom.server.database;

import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two roles on PostgreSQL, and what must be true of them and of the server before anything is written (design §2).
 */
final class PostgresRoles {
    /** The role that requests run under; migrations grant to it by this name. */
    static final String APP = "strongroom_app";

    private PostgresRoles() {}

    /** Makes the app role if there is none. @return whether it did */
    static boolean ensureApp(Connection owner, @Nullable String password) throws SQLException {
        if (exists(owner, APP)) {
            return false;
        }
        if (!mayCreateRoles(owner)) {
            throw new StartRefusedException(
                    Reason.DATABASE,
                    "The database has no role " + APP + ", and the owner may not create it. Run as a superuser: "
                            + "CREATE ROLE " + APP + " LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; and give the same "
                            + "password as database.app-password.");
        }
        String login = password == null ? "" : " PASSWORD " + literal(password);
        try (Statement statement = owner.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + APP + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT" + login);
        }
        return true;
    }

    /** Takes back a role that was made just now, and was given nothing yet. */
    static void dropApp(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("DROP ROLE " + APP);
        }
    }

    /**
     * Refuses a server that loses what it has acknowledged, seen from a connection of either role: both settings of the
     * role and of the database count.
     */
    static void requireDurable(Connection connection) throws SQLException {
        for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
            if (show(connection, setting).equals("off")) {
                throw new StartRefusedException(
                        Reason.DATABASE,
                        "PostgreSQL has " + setting + " off: acknowledged records could be lost. Set " + setting
                                + " = on in postgresql.conf (and for the roles and the database), then start again.");
            }
        }
    }

    /** Refuses an app role that row-level security would not hold. */
    static void requireConfined(Connection app, String owner) throws SQLException {
        try (PreparedStatement statement =
                app.prepareStatement("SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication,"
                        + " (SELECT min(above.rolname) FROM pg_roles above"
                        + "   WHERE above.rolname <> current_user AND pg_has_role(current_user, above.oid, 'MEMBER')"
                        + "   AND (above.rolname IN (?, 'pg_read_all_data', 'pg_write_all_data')"
                        + "        OR above.rolsuper OR above.rolbypassrls))"
                        + " FROM pg_roles WHERE rolname = current_user")) {
            statement.setString(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                String above = rows.getString(5);
                if (rows.getBoolean(1)) {
                    throw unconfined("is a superuser", "ALTER ROLE " + APP + " NOSUPERUSER;");
                }
                if (rows.getBoolean(2)) {
                    throw unconfined("has BYPASSRLS", "ALTER ROLE " + APP + " NOBYPASSRLS;");
                }
                // Before PostgreSQL 16 it could make itself a member of any role that is no superuser.
                if (rows.getBoolean(3)) {
                    throw unconfined("has CREATEROLE", "ALTER ROLE " + APP + " NOCREATEROLE;");
                }
                // The write-ahead log has everybody's rows.
                if (rows.getBoolean(4)) {
                    throw unconfined("has REPLICATION", "ALTER ROLE " + APP + " NOREPLICATION;");
                }
                if (above != null) {
                    throw unconfined("is a member of the role " + above, "REVOKE " + above + " FROM " + APP + ";");
                }
            }
        }
        if (owner.equals(APP) || ownsTables(app)) {
            throw unconfined(
                    "owns tables", "REASSIGN OWNED BY " + APP + " TO another role, and name that as database.owner.");
        }
    }

    private static StartRefusedException unconfined(String fault, String remedy) {
        return new StartRefusedException(
                Reason.DATABASE,
                "The database role " + APP + " " + fault + ", so that row-level security would not hold it. Run as a"
                        + " superuser: " + remedy);
    }

    private static boolean ownsTables(Connection app) throws SQLException {
        try (Statement statement = app.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relowner = current_user::regrole)")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static boolean exists(Connection owner, String role) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static boolean mayCreateRoles(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1).toLowerCase(Locale.ROOT);
        }
    }

    /** A string literal; a role's password cannot be given as a parameter. */
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
