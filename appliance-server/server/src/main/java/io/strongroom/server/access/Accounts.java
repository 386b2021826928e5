package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one officer changes of another's account. Nobody changes their own roles or disables themselves, so somebody who
 * may manage accounts is always left.
 */
@Singleton
final class Accounts {
    private final Database database;
    private final Users users;
    private final Sessions sessions;
    private final ServiceTokens tokens;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final String tenant;

    Accounts(
            Database database,
            Users users,
            Sessions sessions,
            ServiceTokens tokens,
            PeopleRecords records,
            InstantSource clock,
            Installation installation) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.records = records;
        this.clock = clock;
        this.tenant = installation.tenant().value();
    }

    /** What is done to an account that is another's and active. */
    @FunctionalInterface
    private interface Change {
        void make(Connection connection, User other) throws SQLException;
    }

    /** Gives somebody these roles and no other; they count from the next request on. Their open invitations end. */
    User setRoles(Caller by, PersonId officer, Set<Role> roles) {
        PeopleRules.requireRoles(roles);
        return change(by, officer, (connection, other) -> {
            Sql.update(
                    connection,
                    "UPDATE access_user SET roles = ? WHERE id = ?",
                    UserRows.text(roles),
                    UserRows.key(officer));
            int withdrawn = withdrawInvitations(connection, other);
            records.change(
                    by,
                    "User.RolesChanged",
                    "User",
                    other.id().value(),
                    Map.of(
                            "before",
                            Role.wires(other.roles()),
                            "after",
                            Role.wires(roles),
                            "invitationsWithdrawn",
                            (long) withdrawn));
        });
    }

    /** Whom they invited while they might stays out, unless they are in: nobody leaves a door open behind them. */
    private int withdrawInvitations(Connection connection, User other) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE access_invitation SET revoked_at = ?"
                        + " WHERE lower(made_by) = ? AND used_at IS NULL AND revoked_at IS NULL",
                clock.millis(),
                UserRows.key(other.id()));
    }

    /**
     * Disables an account: its sessions end, its keys are revoked, its open invitations withdrawn, and the tokens that it
     * made are revoked but for those that only send ({@link OrphanedTokens}). An invitation brings it back, without them.
     */
    User disable(Caller by, PersonId officer) {
        return change(by, officer, (connection, other) -> {
            long now = clock.millis();
            Sql.update(
                    connection,
                    "UPDATE access_user SET disabled_at = ?, disabled_by = ? WHERE id = ?",
                    now,
                    by.id(),
                    UserRows.key(officer));
            int ended = sessions.endAll(connection, officer, "", "disabled");
            int revoked = Sql.update(
                    connection,
                    "UPDATE access_officer_key SET revoked_at = ?, revoked_by = ?"
                            + " WHERE user_id = ? AND revoked_at IS NULL",
                    now,
                    by.id(),
                    UserRows.key(officer));
            int withdrawn = withdrawInvitations(connection, other);
            Map<String, Object> told = new HashMap<>(
                    OrphanedTokens.revoke(connection, officer, now).told());
            told.put("sessionsEnded", (long) ended);
            told.put("keysRevoked", (long) revoked);
            told.put("invitationsWithdrawn", (long) withdrawn);
            records.change(by, "User.Disabled", "User", other.id().value(), told);
        });
    }

    private User change(Caller by, PersonId officer, Change change) {
        Caller.Person person = by.person().orElseThrow();
        if (person.id().equals(officer)) {
            throw new ProblemException(
                    ProblemType.USER_CONFLICT, "This is your own account: another officer changes it.");
        }
        database.durable(connection -> {
            PeopleLock.take(connection, tenant);
            PeopleLock.requireUnchanged(connection, person);
            User other = Sql.first(
                            connection,
                            "SELECT " + UserRows.COLUMNS + " FROM access_user WHERE id = ?",
                            UserRows::user,
                            UserRows.key(officer))
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "Nobody has this id."));
            if (!other.active()) {
                throw new ProblemException(ProblemType.USER_CONFLICT, "The account is disabled.");
            }
            change.make(connection, other);
            return true;
        });
        sessions.refreshHeld();
        tokens.refresh();
        return users.find(officer).orElseThrow();
    }
}
