package io.strongroom.server.access;

import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.ProblemType;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.server.access.secret.GrowingDelays;
import io.strongroom.server.access.secret.Passwords;
import io.strongroom.server.access.secret.Totp;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What people change of their own accounts: the password and the authenticator. All their other sessions end then. */
@Singleton
final class OwnAccount {
    private final Database database;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final Installation installation;
    private final GrowingDelays delays = new GrowingDelays(System::nanoTime);

    OwnAccount(
            Database database,
            Passwords passwords,
            SecondFactors factors,
            Sessions sessions,
            PeopleRecords records,
            InstantSource clock,
            Installation installation) {
        this.database = database;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.records = records;
        this.clock = clock;
        this.installation = installation;
    }

    void changePassword(Caller by, String current, String changed) {
        Caller.Person person = by.person().orElseThrow();
        PeopleRules.requirePassword("/new", changed, by.id(), by.name());
        begin(person);
        String stored = database.read(connection -> Sql.first(
                        connection,
                        "SELECT password FROM access_user WHERE id = ?",
                        row -> row.getString("password"),
                        UserRows.key(person.id()))
                .orElseThrow());
        if (!passwords.verify(current, stored)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The current password is not right.");
        }
        delays.succeeded(guesser(person));
        String hash = passwords.hash(changed);
        database.durable(connection -> {
            int updated = Sql.update(
                    connection,
                    "UPDATE access_user SET password = ? WHERE id = ? AND password = ?",
                    hash,
                    UserRows.key(person.id()),
                    stored);
            if (updated == 0) {
                throw new ProblemException(ProblemType.USER_CONFLICT, "The password was changed meanwhile.");
            }
            endOthers(connection, person, "password-changed");
            records.change(by, "User.PasswordChanged", "User", by.id(), Map.of());
            return true;
        });
        sessions.refreshHeld();
    }

    /** A new authenticator, which counts once its code was shown. */
    NewAuthenticator newAuthenticator(Caller by) {
        Caller.Person person = by.person().orElseThrow();
        requireFactorOrRecovery(person);
        Wrapped wrapped = factors.draw(person.id());
        database.durable(connection -> Sql.update(
                connection,
                "UPDATE access_user SET pending_secret = ?, pending_generation = ? WHERE id = ?",
                wrapped.key(),
                wrapped.generation(),
                UserRows.key(person.id())));
        byte[] secret = factors.open(person.id(), wrapped);
        return new NewAuthenticator(
                by.id(), by.name(), OneTimeCode.text(secret), Totp.uri(secret, installation.serverName(), by.id()));
    }

    /** Takes the new authenticator into use. Returns new recovery codes, told this once. */
    List<String> confirmAuthenticator(Caller by, String code) {
        Caller.Person person = by.person().orElseThrow();
        requireFactorOrRecovery(person);
        begin(person);
        List<String> codes = database.durable(connection -> {
            Wrapped pending = Sql.first(
                            connection,
                            "SELECT pending_secret, pending_generation FROM access_user"
                                    + " WHERE id = ? AND pending_secret IS NOT NULL",
                            row -> new Wrapped(row.getInt("pending_generation"), row.getBytes("pending_secret")),
                            UserRows.key(person.id()))
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.USER_CONFLICT, "No new authenticator waits to be confirmed."));
            OptionalLong step = factors.firstStep(person.id(), pending, code);
            if (step.isEmpty()) {
                throw new ProblemException(
                        ProblemType.SECOND_FACTOR_REFUSED, "This is not the new authenticator's code of now.");
            }
            Sql.update(
                    connection,
                    "UPDATE access_user SET totp_secret = pending_secret, totp_generation = pending_generation,"
                            + " totp_step = ?, pending_secret = NULL, pending_generation = NULL WHERE id = ?",
                    step.getAsLong(),
                    UserRows.key(person.id()));
            sessions.steppedUp(connection, person.session(), clock.millis());
            endOthers(connection, person, "authenticator-changed");
            List<String> fresh = factors.newRecoveryCodes(connection, person.id());
            records.change(by, "User.AuthenticatorChanged", "User", by.id(), Map.of());
            return fresh;
        });
        delays.succeeded(guesser(person));
        sessions.refreshHeld();
        return codes;
    }

    /** The old authenticator was just shown, or the session was just begun with a recovery code in its place. */
    private void requireFactorOrRecovery(Caller.Person person) {
        long now = clock.millis();
        Optional<Sessions.Session> session = sessions.of(person.id()).stream()
                .filter(each -> each.id().equals(person.session()))
                .findFirst();
        boolean recovered = session.isPresent()
                && session.get().recovered()
                && new SteppedUp(session.get().madeAt()).counts(now);
        if (!recovered && !person.stepUp().counts(now)) {
            throw new ProblemException(
                    ProblemType.STEP_UP_REQUIRED,
                    "This needs a code of your authenticator, or a sign-in with a recovery code, at most "
                            + SteppedUp.HOLDS.toMinutes() + " minutes ago.");
        }
    }

    private void endOthers(Connection connection, Caller.Person person, String because) throws SQLException {
        int unused = sessions.endAll(connection, person.id(), person.session(), because);
    }

    private void begin(Caller.Person person) {
        Duration wait = delays.begin(guesser(person));
        if (!wait.isZero()) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "Too many wrong attempts.").retryAfter(wait);
        }
    }

    private static String guesser(Caller.Person person) {
        return UserRows.key(person.id()) + " " + person.session();
    }
}
