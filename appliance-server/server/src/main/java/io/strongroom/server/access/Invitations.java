package io.strongroom.server.access;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.access.secret.Passwords;
import io.strongroom.server.access.secret.Totp;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How people come in (design §4). Whoever has the setup code's administrator token invites the first officer, as long as
 * there is none; officers invite the others. An invitation is bound to an id, a name and roles; its code is kept as a
 * hash and good for a day. Who accepts it sets the password and the authenticator, and has five tries at the
 * authenticator's code; a wrong invitation code costs nobody a try ({@link #find}). An account that was disabled comes
 * back by an invitation, too.
 */
@Singleton
final class Invitations {
    static final Duration HOLDS = Duration.ofHours(24);
    static final int TRIES = 5;

    private static final String OPEN = " used_at IS NULL AND revoked_at IS NULL AND tries_left > 0 AND expires_at > ?";

    private final Database database;
    private final SecondFactors factors;
    private final Passwords passwords;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Installation installation;

    Invitations(
            Database database,
            SecondFactors factors,
            Passwords passwords,
            PeopleRecords records,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.factors = factors;
        this.passwords = passwords;
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.installation = installation;
    }

    /** An invitation as it is kept. */
    record Stored(
            String id,
            PersonId officer,
            String name,
            Set<Role> roles,
            Map<String, String> attributes,
            byte[] hash,
            Wrapped authenticator,
            String madeBy,
            long madeAt,
            long expiresAt) {}

    /** A new invitation: its code is told this once. */
    record Made(TokenText code, Stored stored) {}

    /** Invites somebody. An earlier invitation of the same person holds no longer. */
    Made invite(Caller by, InvitationRequest request) {
        PeopleRules.require(request);
        PersonId officer = new PersonId(request.officer());
        TokenText code = TokenText.draw(TokenText.Kind.INVITATION, random);
        long now = clock.millis();
        Stored stored = new Stored(
                code.id(),
                officer,
                request.name(),
                request.roles(),
                request.attributes(),
                code.hash(),
                factors.draw(officer),
                by.id(),
                now,
                now + HOLDS.toMillis());
        return database.durable(connection -> {
            PeopleLock.take(connection, installation.tenant().value());
            requireRight(connection, by, officer, now);
            insert(connection, stored);
            records.change(
                    by,
                    "User.Invited",
                    "User",
                    officer.value(),
                    Map.of("roles", Role.wires(request.roles()), "invitation", stored.id()));
            return new Made(code, stored);
        });
    }

    private void requireRight(Connection connection, Caller by, PersonId officer, long now) throws SQLException {
        if (by.person().isPresent()) {
            PeopleLock.requireUnchanged(connection, by.person().get());
            Sql.update(
                    connection,
                    "UPDATE access_invitation SET revoked_at = ? WHERE user_id = ? AND used_at IS NULL",
                    now,
                    UserRows.key(officer));
            requireNoAccount(connection, officer);
            return;
        }
        // One setup code makes one officer: what it may have invited before holds no longer, and nobody may be in.
        Sql.update(connection, "UPDATE access_invitation SET revoked_at = ? WHERE used_at IS NULL", now);
        long people = Sql.first(connection, "SELECT count(*) AS n FROM access_user", row -> row.getLong("n"))
                .orElseThrow();
        if (people > 0) {
            throw new ProblemException(
                    ProblemType.USER_CONFLICT, "There is an officer already, and officers invite the others.");
        }
    }

    private static void requireNoAccount(Connection connection, PersonId officer) throws SQLException {
        boolean active = Sql.first(
                        connection,
                        "SELECT id FROM access_user WHERE id = ? AND disabled_at IS NULL",
                        row -> row.getString("id"),
                        UserRows.key(officer))
                .isPresent();
        if (active) {
            throw new ProblemException(ProblemType.USER_CONFLICT, "There is an active account of this id.");
        }
    }

    /** What an invitation is for, and its authenticator's secret: the same each time. */
    NewAuthenticator open(String presented) {
        Stored stored = require(presented);
        byte[] secret = factors.open(stored.officer(), stored.authenticator());
        return new NewAuthenticator(
                stored.officer().value(),
                stored.name(),
                OneTimeCode.text(secret),
                Totp.uri(secret, installation.serverName(), stored.officer().value()));
    }

    /** Makes the account. Returns the recovery codes, told this once. */
    List<String> accept(Acceptance acceptance) {
        Stored stored = require(acceptance.invitation());
        PeopleRules.requirePassword(
                "/password", acceptance.password(), stored.officer().value(), stored.name());
        String password = passwords.hash(acceptance.password());
        Optional<List<String>> codes = database.durable(connection -> {
            PeopleLock.take(connection, installation.tenant().value());
            OptionalLong step = factors.firstStep(stored.officer(), stored.authenticator(), acceptance.code());
            if (step.isEmpty()) {
                failed(connection, stored.id());
                return Optional.empty();
            }
            int used = Sql.update(
                    connection,
                    "UPDATE access_invitation SET used_at = ? WHERE id = ? AND" + OPEN,
                    clock.millis(),
                    stored.id(),
                    clock.millis());
            if (used == 0) {
                throw invalid();
            }
            requireNoAccount(connection, stored.officer());
            put(connection, stored, password, step.getAsLong());
            List<String> fresh = factors.newRecoveryCodes(connection, stored.officer());
            records.own(stored.officer().value(), "User.Joined", Map.of("invitation", stored.id()));
            return Optional.of(fresh);
        });
        return codes.orElseThrow(() -> new ProblemException(
                ProblemType.SECOND_FACTOR_REFUSED, "This is not the new authenticator's code of now."));
    }

    /** Takes an invitation back; false if none of this id waits. */
    boolean withdraw(Caller by, String id) {
        return database.durable(connection -> {
            int changed = Sql.update(
                    connection,
                    "UPDATE access_invitation SET revoked_at = ? WHERE id = ? AND used_at IS NULL AND revoked_at IS NULL",
                    clock.millis(),
                    id);
            if (changed == 1) {
                records.change(by, "Invitation.Withdrawn", "Invitation", id, Map.of());
            }
            return changed == 1;
        });
    }

    /** Those that wait. */
    List<Stored> waiting() {
        return database.read(connection -> Sql.all(
                connection,
                "SELECT * FROM access_invitation WHERE" + OPEN + " ORDER BY made_at, id",
                Invitations::stored,
                clock.millis()));
    }

    private Stored require(String presented) {
        TokenText text =
                TokenText.parse(TokenText.Kind.INVITATION, presented.strip()).orElseThrow(Invitations::invalid);
        Optional<Stored> found = database.read(connection -> find(connection, text));
        return found.orElseThrow(Invitations::invalid);
    }

    /**
     * Nothing is counted against an invitation whose code is not shown: its id is no secret, so a stranger could otherwise
     * use it up for whom it is meant. There is nothing to guess in 160 bits.
     */
    private Optional<Stored> find(Connection connection, TokenText text) throws SQLException {
        Optional<Stored> stored = Sql.first(
                connection,
                "SELECT * FROM access_invitation WHERE id = ? AND" + OPEN,
                Invitations::stored,
                text.id(),
                clock.millis());
        if (stored.isEmpty() || stored.get().madeAt() > Lifetime.latestBeginning(clock.millis())) {
            return Optional.empty();
        }
        return stored.filter(invitation -> MessageDigest.isEqual(invitation.hash(), text.hash()));
    }

    /** Counts a wrong try of whoever holds the invitation. */
    private static void failed(Connection connection, String id) throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_invitation SET tries_left = tries_left - 1 WHERE id = ? AND tries_left > 0",
                id);
    }

    private void insert(Connection connection, Stored stored) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO access_invitation (tenant_id, id, user_id, shown_id, name, roles, attributes, hash,"
                        + " totp_secret, totp_generation, tries_left, made_by, made_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                installation.tenant().value(),
                stored.id(),
                UserRows.key(stored.officer()),
                stored.officer().value(),
                stored.name(),
                UserRows.text(stored.roles()),
                UserRows.text(stored.attributes()),
                stored.hash(),
                stored.authenticator().key(),
                stored.authenticator().generation(),
                TRIES,
                stored.madeBy(),
                stored.madeAt(),
                stored.expiresAt());
    }

    /** A new account, or one that was disabled, as the invitation says. */
    private void put(Connection connection, Stored stored, String password, long step) throws SQLException {
        int back = Sql.update(
                connection,
                "UPDATE access_user SET shown_id = ?, name = ?, roles = ?, attributes = ?, password = ?,"
                        + " totp_secret = ?, totp_generation = ?, totp_step = ?, pending_secret = NULL,"
                        + " pending_generation = NULL, made_by = ?, made_at = ?, disabled_at = NULL,"
                        + " disabled_by = NULL WHERE id = ?",
                stored.officer().value(),
                stored.name(),
                UserRows.text(stored.roles()),
                UserRows.text(stored.attributes()),
                password,
                stored.authenticator().key(),
                stored.authenticator().generation(),
                step,
                stored.madeBy(),
                clock.millis(),
                UserRows.key(stored.officer()));
        if (back == 0) {
            Sql.update(
                    connection,
                    "INSERT INTO access_user (tenant_id, id, shown_id, name, roles, attributes, password, totp_secret,"
                            + " totp_generation, totp_step, made_by, made_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    installation.tenant().value(),
                    UserRows.key(stored.officer()),
                    stored.officer().value(),
                    stored.name(),
                    UserRows.text(stored.roles()),
                    UserRows.text(stored.attributes()),
                    password,
                    stored.authenticator().key(),
                    stored.authenticator().generation(),
                    step,
                    stored.madeBy(),
                    clock.millis());
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("id"),
                new PersonId(row.getString("shown_id")),
                row.getString("name"),
                UserRows.roles(row.getString("roles")),
                UserRows.attributes(row.getString("attributes")),
                row.getBytes("hash"),
                new Wrapped(row.getInt("totp_generation"), row.getBytes("totp_secret")),
                row.getString("made_by"),
                row.getLong("made_at"),
                row.getLong("expires_at"));
    }

    private static ProblemException invalid() {
        return new ProblemException(
                ProblemType.INVITATION_INVALID, "The invitation's code is not right, or holds no longer.");
    }
}
