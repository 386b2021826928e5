package io.strongroom.server.access;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.evidence.Origin;
import io.strongroom.server.TestAuthenticator;
import io.strongroom.server.access.secret.Passwords;
import io.strongroom.server.access.secret.TestPasswords;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.privacy.FakeKeys;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The whole slice on a database, with a clock that a test moves and a trail that it reads. */
final class PeopleStand {
    static final String PASSWORD = "four words of no sense";
    static final InetSocketAddress HOME = new InetSocketAddress("192.0.2.1", 40000);
    static final InetSocketAddress ELSEWHERE = new InetSocketAddress("198.51.100.7", 40000);
    static final Caller ADMINISTRATOR = new Caller("admin", "root", "acme", Set.of(Scope.ADMIN), Set.of());

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T01:02:03.004Z"));
    final AtomicLong nanos = new AtomicLong();
    final InstantSource clock = now::get;
    final List<String> told = new CopyOnWriteArrayList<>();

    /** What the records told more, in the same order. */
    final List<Map<String, Object>> attributes = new CopyOnWriteArrayList<>();

    volatile boolean trailIsDown;

    final JdbcDatabase database;
    final Users users;
    final OfficerKeys keys;
    final SessionEnds ends;
    final Sessions sessions;
    final ServiceTokens tokens;
    final SignIns signIns;
    final Invitations invitations;
    final Accounts accounts;
    final OwnAccount own;
    final KeyEnrolment enrolment;

    private final SecureRandom random = new SecureRandom();
    private final FakeKeys wrapping = new FakeKeys();
    private final PeopleRecords records = new PeopleRecords((stream, deed) -> {
        if (trailIsDown) {
            throw new IllegalStateException("the ledger does not answer");
        }
        attributes.add(deed.attributes());
        told.add(stream + " " + deed.action() + " by " + deed.actor() + " on " + deed.resource());
    });
    private final Installation installation = new Installation(
            "00112233445566778899aabbccddeeff",
            new Origin("vault.example/acme/00112233"),
            TestDatabases.TENANT,
            "vault.example",
            0);

    PeopleStand(JdbcDatabase database) {
        this.database = database;
        Passwords passwords = TestPasswords.cheap();
        SecondFactors factors = new SecondFactors(wrapping, clock, random, installation);
        users = new Users(database);
        keys = new OfficerKeys(database);
        ends = new SessionEnds(database, records);
        sessions = new Sessions(database, clock, random, records, ends, installation);
        tokens = new ServiceTokens(database, records, clock, random, installation);
        signIns = new SignIns(database, passwords, factors, sessions, records, clock, nanos::get);
        invitations = new Invitations(database, factors, passwords, records, clock, random, installation);
        accounts = new Accounts(database, users, sessions, tokens, records, clock, installation);
        own = new OwnAccount(database, passwords, factors, sessions, records, clock, installation);
        enrolment = new KeyEnrolment(database, keys, records, clock, random, installation);
    }

    /** As the process that starts next sees the same database. */
    Sessions restarted() {
        return new Sessions(database, clock, random, records, ends, installation);
    }

    /** As above; it finds what an earlier process had still to tell. */
    SessionEnds endsRestarted() {
        return new SessionEnds(database, records);
    }

    /** Time that passes before anything is read again. */
    void passUnseen(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        nanos.addAndGet(time.toNanos());
    }

    void pass(Duration time) {
        passUnseen(time);
        sessions.refreshHeld();
        tokens.refresh();
    }

    /** Somebody with an account, and what they hold. */
    record Person(String officer, String secret, List<String> recoveryCodes) {}

    static InvitationRequest request(String officer, Role... roles) {
        return new InvitationRequest(officer, "The one called " + officer, Set.of(roles), Map.of());
    }

    String invited(Caller by, String officer, Role... roles) {
        return invitations.invite(by, request(officer, roles)).code().text();
    }

    Person joined(Caller by, String officer, Role... roles) {
        String code = invited(by, officer, roles);
        NewAuthenticator authenticator = invitations.open(code);
        List<String> recovery = invitations.accept(new Acceptance(code, PASSWORD, code(authenticator.secret())));
        pass(Duration.ofSeconds(30));
        return new Person(officer, authenticator.secret(), recovery);
    }

    /** The authenticator's code of now. */
    String code(String secret) {
        return TestAuthenticator.code(secret, OneTimeCode.step(clock.millis()));
    }

    Sessions.Opened signIn(Person person) {
        return signIns.signIn(new SignInRequest(person.officer(), PASSWORD, code(person.secret())), HOME);
    }

    /** Signs in, after the step of the code before. */
    Caller signedIn(Person person) {
        pass(Duration.ofSeconds(30));
        return caller(signIn(person));
    }

    Caller caller(Sessions.Opened opened) {
        return sessions.authenticate(opened.access().text()).orElseThrow();
    }
}
