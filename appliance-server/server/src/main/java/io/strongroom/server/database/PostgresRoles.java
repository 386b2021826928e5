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

    /** Makes the app role if there is none. */
    static void ensureApp(Connection owner, @Nullable String password) throws SQLException {
        if (exists(owner, APP)) {
            return;
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
                app.prepareStatement("SELECT rolname, rolsuper, rolbypassrls, pg_has_role(current_user, ?, 'MEMBER')"
                        + " FROM pg_roles WHERE rolname = current_user")) {
            statement.setString(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                String fault = rows.getBoolean(2)
                        ? "is a superuser"
                        : rows.getBoolean(3)
                                ? "has BYPASSRLS"
                                : rows.getBoolean(4) ? "is a member of the owner's role" : null;
                if (fault != null) {
                    throw new StartRefusedException(
                            Reason.DATABASE,
                            "The database role " + rows.getString(1) + " " + fault
                                    + ", so that row-level security would not hold it. Run: ALTER ROLE " + APP
                                    + " NOSUPERUSER NOBYPASSRLS; and revoke its memberships.");
                }
            }
        }
        if (ownsTables(app)) {
            throw new StartRefusedException(
                    Reason.DATABASE,
                    "The database role " + APP + " owns tables, so that row-level security would not hold it. Give"
                            + " them to " + owner + ": REASSIGN OWNED BY " + APP + " TO " + owner + ";");
        }
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
