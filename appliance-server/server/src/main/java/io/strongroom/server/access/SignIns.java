package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.api.SignInRequest;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.access.SecondFactors.Shown;
import io.strongroom.server.access.secret.GrowingDelays;
import io.strongroom.server.access.secret.Passwords;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets people in who know their password and hold their second factor. Whoever guesses waits longer and longer, by the
 * name and the address together, so that no stranger can lock anybody out. An unknown name is answered as a wrong
 * password is, after the same work.
 */
@Singleton
final class SignIns {
    private final Database database;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final PeopleRecords records;
    private final InstantSource clock;
    private final GrowingDelays delays;

    @Inject
    SignIns(
            Database database,
            Passwords passwords,
            SecondFactors factors,
            Sessions sessions,
            PeopleRecords records,
            InstantSource clock) {
        this(database, passwords, factors, sessions, records, clock, System::nanoTime);
    }

    SignIns(
            Database database,
            Passwords passwords,
            SecondFactors factors,
            Sessions sessions,
            PeopleRecords records,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.database = database;
        this.passwords = passwords;
        this.factors = factors;
        this.sessions = sessions;
        this.records = records;
        this.clock = clock;
        this.delays = new GrowingDelays(nanoTime);
    }

    /**
     * Begins a session.
     *
     * @throws ProblemException {@code sign-in-refused}; {@code rate-limited} if the attempt comes too early
     */
    Sessions.Opened signIn(SignInRequest request, InetSocketAddress remote) {
        // A name that nobody can have goes the same way, and never fits.
        PersonId officer = PeopleRules.officer(request.officer()).orElse(new PersonId("~"));
        String guesser = "sign-in " + UserRows.key(officer) + " " + Addresses.network(remote);
        begin(guesser);
        boolean known = passwordFits(officer, request.password());
        // Without the password the code is not looked at, and so not used up.
        boolean looking = known && (!isAuthenticatorCode(request.code()) || mayTryCode(officer));
        Optional<Sessions.Opened> opened = database.durable(connection -> {
            Shown shown = factors.use(connection, officer, looking ? request.code() : "");
            if (!known || shown == Shown.NOTHING) {
                return Optional.empty();
            }
            Sessions.Opened session =
                    sessions.open(connection, officer, Addresses.text(remote), shown == Shown.RECOVERY_CODE);
            records.session(
                    officer.value(),
                    "Session.SignedIn",
                    session.access().id(),
                    Map.of("factor", shown == Shown.RECOVERY_CODE ? "recovery-code" : "authenticator"));
            return Optional.of(session);
        });
        if (opened.isEmpty()) {
            throw new ProblemException(ProblemType.SIGN_IN_REFUSED, "The name, the password or the code is not right.");
        }
        delays.succeeded(guesser);
        delays.succeeded(codes(officer));
        sessions.refreshHeld();
        return opened.get();
    }

    /**
     * Whoever knows the password and guesses codes from ever other addresses waits as well. Only the password lets this
     * count, so that no stranger keeps anybody out by it; and recovery codes, which nobody guesses, always let in.
     */
    private boolean mayTryCode(PersonId officer) {
        return delays.begin(codes(officer)).isZero();
    }

    private static String codes(PersonId officer) {
        return "codes " + UserRows.key(officer);
    }

    /** Notes that a person shows their authenticator again; a recovery code does not do. */
    void stepUp(Caller.Person person, String code) {
        String guesser = "step-up " + UserRows.key(person.id()) + " " + person.session();
        begin(guesser);
        boolean shown = database.durable(connection -> {
            if (!isAuthenticatorCode(code) || factors.use(connection, person.id(), code) != Shown.AUTHENTICATOR) {
                return false;
            }
            sessions.steppedUp(connection, person.session(), clock.millis());
            records.session(person.id().value(), "Session.SteppedUp", person.session(), Map.of());
            return true;
        });
        if (!shown) {
            throw new ProblemException(
                    ProblemType.SECOND_FACTOR_REFUSED, "This is not the authenticator's code of now, or it was used.");
        }
        delays.succeeded(guesser);
        sessions.refreshHeld();
    }

    private static boolean isAuthenticatorCode(String code) {
        return code.matches("[0-9]{6}");
    }

    private boolean passwordFits(PersonId officer, String password) {
        Optional<String> hash = database.read(connection -> Sql.first(
                connection,
                "SELECT password FROM access_user WHERE id = ? AND disabled_at IS NULL",
                row -> row.getString("password"),
                UserRows.key(officer)));
        if (hash.isEmpty()) {
            passwords.verifyNobodys(password);
            return false;
        }
        return passwords.verify(password, hash.get());
    }

    private void begin(String guesser) {
        Duration wait = delays.begin(guesser);
        if (!wait.isZero()) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "Too many wrong attempts from here.").retryAfter(wait);
        }
    }
}
