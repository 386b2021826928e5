package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.server.database.Sql;
import io.strongroom.server.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * Lets one change of who may do what in after another, each on what the one before left. Two officers who take each
 * other's roles at one moment would otherwise both succeed, and nobody would be left.
 */
final class PeopleLock {
    private PeopleLock() {}

    /** Holds until the transaction ends. */
    static void take(Connection connection, String tenant) throws SQLException {
        int rows = Sql.update(connection, "UPDATE access_setup SET tries_left = tries_left");
        if (rows == 0) {
            // A row that no code fits, where no code was ever made.
            Sql.update(
                    connection,
                    "INSERT INTO access_setup (tenant_id, hash, expires_at, tries_left) VALUES (?, ?, 0, 0)",
                    tenant,
                    new byte[0]);
        }
    }

    /**
     * Makes sure that a person is still who the gate let through.
     *
     * @throws ProblemException {@code forbidden} if the account was disabled or got other roles meanwhile
     */
    static void requireUnchanged(Connection connection, Caller.Person person) throws SQLException {
        boolean unchanged = Sql.first(
                        connection,
                        "SELECT " + UserRows.COLUMNS + " FROM access_user WHERE id = ?",
                        UserRows::user,
                        UserRows.key(person.id()))
                .filter(user -> user.active() && user.roles().equals(Set.copyOf(person.roles())))
                .isPresent();
        if (!unchanged) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Your account has changed since you asked.");
        }
    }
}
