package io.strongroom.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Origin;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T01:02:03.004Z"));
    private final InstantSource clock = now::get;
    private final SecureRandom random = new SecureRandom();
    private final Installation installation = new Installation(
            "00112233445566778899aabbccddeeff",
            new Origin("vault.example/acme/00112233"),
            TestDatabases.TENANT,
            "vault.example",
            0);
    private final List<String> told = new ArrayList<>();
    private boolean trailIsDown;
    private JdbcDatabase database;
    private ServiceTokens tokens;
    private Setup setup;
    private @Nullable Caller administrator;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = TestDatabases.h2(folder);
        PeopleRecords records = new PeopleRecords(this::tell);
        tokens = new ServiceTokens(database, records, clock, random, installation);
        setup = new Setup(database, tokens, records, clock, random, installation);
    }

    private void tell(String stream, AccessTrail.Deed deed) {
        if (trailIsDown) {
            throw new IllegalStateException("the ledger does not answer");
        }
        told.add(stream + " " + deed.action() + " by " + deed.actorType() + " " + deed.actor() + " on "
                + deed.resource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theCodeMakesOneAdministratorOnce() {
        String code = setup.newCode(false).orElseThrow();
        ServiceTokens.Made made = setup.administrator(code, "root");
        assertThat(tokens.authenticate(made.text().text()))
                .hasValueSatisfying(
                        caller -> assertThat(caller.may(Scope.ADMIN)).isTrue());
        assertThat(setup.newCode(false)).isEmpty();
        assertProblem(ProblemType.ALREADY_SET_UP, () -> setup.administrator(code, "again"));
    }

    @Test
    void aCodeThatWasWantedMakesAnotherAdministratorInThePlaceOfTheOneBefore() {
        ServiceTokens.Made lost = setup.administrator(setup.newCode(false).orElseThrow(), "root");
        Caller before = tokens.authenticate(lost.text().text()).orElseThrow();
        ServiceTokens.Made service = tokens.make(before, "s", Set.of(Scope.READ), List.of(), 1_000_000);
        String code = setup.newCode(true).orElseThrow();
        assertThat(tokens.authenticate(lost.text().text()))
                .as("until it is used")
                .isPresent();
        assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator("wrong", "root"));

        ServiceTokens.Made made = setup.administrator(code, "root");
        assertThat(tokens.authenticate(made.text().text())).isPresent();
        assertThat(tokens.authenticate(lost.text().text())).isEmpty();
        assertThat(tokens.authenticate(service.text().text())).isPresent();
        assertThat(told)
                .endsWith(
                        "system.admin SetupCode.Made by Service strongroom on setup",
                        "system.admin Token.Revoked by SetupCode setup on " + before.id(),
                        "system.admin Token.Made by SetupCode setup on "
                                + made.stored().id());
        assertProblem(ProblemType.ALREADY_SET_UP, () -> setup.administrator(code, "again"));
    }

    @Test
    void aCodeThatWasWantedIsRecordedOrNotMade() {
        setup.administrator(setup.newCode(false).orElseThrow(), "root");
        assertThat(told)
                .as("the first is part of every first start")
                .noneMatch(each -> each.contains("SetupCode.Made"));
        trailIsDown = true;
        assertThatThrownBy(() -> setup.newCode(true)).hasMessageContaining("the ledger does not answer");
        trailIsDown = false;
        assertProblem(ProblemType.ALREADY_SET_UP, () -> setup.administrator("any", "root"));

        String code = setup.newCode(true).orElseThrow();
        trailIsDown = true;
        assertThatThrownBy(() -> setup.newCode(true)).hasMessageContaining("the ledger does not answer");
        trailIsDown = false;
        assertThat(setup.administrator(code, "root").stored().name())
                .as("the one that was recorded holds")
                .isEqualTo("root");
    }

    @Test
    void aCodeThatWasWantedIsRefusedAfterAnHourAndAfterFiveTries() {
        setup.administrator(setup.newCode(false).orElseThrow(), "root");
        String late = setup.newCode(true).orElseThrow();
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
        assertProblem(ProblemType.ALREADY_SET_UP, () -> setup.administrator(late, "root"));

        String guessed = setup.newCode(true).orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator("wrong", "root"));
        }
        assertProblem(ProblemType.ALREADY_SET_UP, () -> setup.administrator(guessed, "root"));
    }

    @Test
    void aTokenCountsAgainAfterTimeInWhichNobodyCalled() {
        String token = setup.administrator(setup.newCode(false).orElseThrow(), "root")
                .text()
                .text();
        now.set(now.get().plus(Duration.ofHours(1)));
        // What was read an hour ago is not believed, and is read again.
        assertProblem(ProblemType.STORAGE_UNAVAILABLE, () -> tokens.authenticate(token));
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(tokens.authenticate(token))
                .isPresent());
    }

    @Test
    void theCodeMayBeTypedWithoutItsDashesAndInCapitals() {
        String code = setup.newCode(false).orElseThrow();
        setup.administrator(code.replace("-", "").toUpperCase(Locale.ROOT), "root");
    }

    @Test
    void afterFiveWrongTriesTheRightCodeIsRefused() {
        String code = setup.newCode(false).orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator("wrong", "root"));
        }
        assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator(code, "root"));
        assertThat(tokens.hasAdministrator()).isFalse();
        assertThat(told).containsExactly("system.admin SetupCode.UsedUp by Service strongroom on setup");
    }

    @Test
    void theTryThatUsesTheCodeUpIsRecordedOrNotTaken() {
        String code = setup.newCode(false).orElseThrow();
        for (int i = 0; i < 4; i++) {
            assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator("wrong", "root"));
        }
        trailIsDown = true;
        assertThatThrownBy(() -> setup.administrator("wrong", "root")).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> setup.administrator(code, "root"))
                .as("nobody can tell a right guess from a wrong one meanwhile")
                .hasMessageContaining("does not answer");
        trailIsDown = false;
        setup.administrator(code, "root");
        assertThat(told).noneMatch(each -> each.contains("UsedUp"));
    }

    @Test
    void afterAnHourTheCodeIsRefused() {
        String code = setup.newCode(false).orElseThrow();
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
        assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator(code, "root"));
    }

    @Test
    void aNewCodeTakesThePlaceOfTheOldOne() {
        String old = setup.newCode(false).orElseThrow();
        String fresh = setup.newCode(false).orElseThrow();
        assertProblem(ProblemType.SETUP_CODE_INVALID, () -> setup.administrator(old, "root"));
        setup.administrator(fresh, "root");
    }

    @Test
    void aTokenCountsUntilItIsRevokedOrExpires() {
        ServiceTokens.Made one = make();
        ServiceTokens.Made two = make();
        assertThat(tokens.authenticate(one.text().text())).isPresent();
        assertThat(tokens.revoke(administrator(), one.stored().id())).isTrue();
        assertThat(tokens.authenticate(one.text().text())).isEmpty();
        assertThat(tokens.revoke(administrator(), one.stored().id())).isFalse();
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
        tokens.refresh();
        assertThat(tokens.authenticate(two.text().text())).isEmpty();
    }

    @Test
    void makingAndRevokingATokenIsRecordedOrNotDone() {
        String root = administrator().id();
        String id = make().stored().id();
        tokens.revoke(administrator(), id);
        tokens.revoke(administrator(), id);
        assertThat(told)
                .containsExactly(
                        "system.admin Token.Made by SetupCode setup on " + root,
                        "system.admin Token.Made by ServiceToken " + root + " on " + id,
                        "system.admin Token.Revoked by ServiceToken " + root + " on " + id);

        ServiceTokens.Made kept = make();
        trailIsDown = true;
        assertThatThrownBy(this::make).hasMessageContaining("the ledger does not answer");
        assertThatThrownBy(() -> tokens.revoke(administrator(), kept.stored().id()))
                .hasMessageContaining("the ledger does not answer");
        assertThat(tokens.list())
                .extracting(ServiceTokens.Stored::id)
                .containsExactlyInAnyOrder(root, kept.stored().id());
        assertThat(tokens.authenticate(kept.text().text())).isPresent();
    }

    @Test
    void aTokenThatWasRevokedMeanwhileMakesAndRevokesNone() {
        ServiceTokens.Made other = tokens.make(administrator(), "other", Set.of(Scope.ADMIN), List.of(), 1_000_000);
        Caller before = tokens.authenticate(other.text().text()).orElseThrow();
        tokens.revoke(administrator(), before.id());

        assertProblem(
                ProblemType.FORBIDDEN, () -> tokens.make(before, "late", Set.of(Scope.READ), List.of(), 1_000_000));
        assertProblem(
                ProblemType.FORBIDDEN,
                () -> tokens.revoke(before, administrator().id()));
        assertThat(tokens.list()).extracting(ServiceTokens.Stored::name).containsExactly("root");
    }

    @Test
    void aTokenWithAnotherSecretIsRefused() {
        ServiceTokens.Made made = make();
        TokenText forged = new TokenText(TokenText.Kind.SERVICE, made.text().id(), "a".repeat(32));
        assertThat(tokens.authenticate(forged.text())).isEmpty();
    }

    @Test
    void tokensThatCouldNotBeReadForAMinuteAreTrustedNoMore() {
        ServiceTokens.Made made = make();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
        assertProblem(
                ProblemType.STORAGE_UNAVAILABLE,
                () -> tokens.authenticate(made.text().text()));
    }

    /** Made when first asked for. */
    private Caller administrator() {
        Caller made = administrator;
        if (made == null) {
            TokenText token = setup.administrator(setup.newCode(false).orElseThrow(), "root")
                    .text();
            made = tokens.authenticate(token.text()).orElseThrow();
            administrator = made;
        }
        return made;
    }

    private ServiceTokens.Made make() {
        return tokens.make(
                administrator(),
                "test",
                Set.of(Scope.INGEST),
                List.of("order-service"),
                Duration.ofHours(1).toMillis());
    }

    private static void assertProblem(ProblemType type, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }
}
