package io.strongroom.server.access;

import static io.strongroom.server.access.PeopleStand.ADMINISTRATOR;
import static io.strongroom.server.access.PeopleStand.ELSEWHERE;
import static io.strongroom.server.access.PeopleStand.HOME;
import static io.strongroom.server.access.PeopleStand.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Acceptance;
import io.strongroom.api.KeyPossession;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.access.PeopleStand.Person;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.Sql;
import io.strongroom.server.problem.ProblemException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is promised of people's accounts, sessions and keys, on either database. */
abstract class PeopleContract {
    private final PeopleStand stand;

    PeopleContract(JdbcDatabase database) {
        this.stand = new PeopleStand(database);
    }

    @AfterEach
    void close() {
        stand.database.close();
    }

    private Person ann() {
        return stand.joined(ADMINISTRATOR, "Ann@example.com", Role.SECURITY_ADMIN);
    }

    private Person bob(Person inviter) {
        return stand.joined(stand.signedIn(inviter), "bob", Role.COMPLIANCE_REVIEWER);
    }

    @Test
    void theAdministratorInvitesOneOfficerWhoInvitesTheOthers() {
        Person ann = ann();
        assertProblem(ProblemType.USER_CONFLICT, () -> stand.invited(ADMINISTRATOR, "eve", Role.SECURITY_ADMIN));
        Person bob = bob(ann);
        Caller caller = stand.signedIn(bob);
        assertThat(caller.type()).isEqualTo("Officer");
        assertThat(caller.id()).isEqualTo("bob");
        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.person().orElseThrow().roles()).containsExactly(Role.COMPLIANCE_REVIEWER);
        assertThat(stand.users
                        .find(new PersonId("ann@EXAMPLE.com"))
                        .orElseThrow()
                        .roles())
                .containsExactly(Role.SECURITY_ADMIN);
        assertThat(stand.told)
                .contains(
                        "system.admin User.Invited by admin on Ann@example.com",
                        "system.admin User.Joined by Ann@example.com on Ann@example.com",
                        "system.admin User.Invited by Ann@example.com on bob")
                .anyMatch(line -> line.startsWith("system.access Session.SignedIn by bob on "));
    }

    @Test
    void untilSomebodyIsInTheAdministratorsNewInvitationTakesThePlaceOfTheOldOne() {
        String first = stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN);
        String second = stand.invited(ADMINISTRATOR, "eve", Role.SECURITY_ADMIN);
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(first));
        assertThat(stand.invitations.open(second).officer()).isEqualTo("eve");
    }

    @Test
    void ofTwoWhoAcceptOneInvitationAtOnceOneIsIn() throws Exception {
        String code = stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN);
        NewAuthenticator authenticator = stand.invitations.open(code);
        String totp = stand.code(authenticator.secret());
        Callable<Boolean> accept = () -> {
            try {
                return !stand.invitations
                        .accept(new Acceptance(code, PASSWORD, totp))
                        .isEmpty();
            } catch (ProblemException e) {
                assertThat(e.type()).isEqualTo(ProblemType.INVITATION_INVALID);
                return false;
            }
        };
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> answers = two.invokeAll(List.of(accept, accept));
            assertThat(answers.get(0).get() ^ answers.get(1).get()).isTrue();
        }
        assertThat(stand.users.all()).hasSize(1);
    }

    @Test
    void anInvitationHoldsForADayAndFiveWrongCodesOfItsAuthenticator() {
        String code = stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN);
        stand.pass(Invitations.HOLDS);
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(code));

        String fresh = stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN);
        for (int i = 0; i < Invitations.TRIES; i++) {
            assertThat(stand.invitations.waiting()).hasSize(1);
            assertProblem(
                    ProblemType.SECOND_FACTOR_REFUSED,
                    () -> stand.invitations.accept(new Acceptance(fresh, PASSWORD, "abcdef")));
        }
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(fresh));
        assertThat(stand.users.all()).isEmpty();
    }

    @Test
    void whoKnowsTheIdOfAnInvitationAndNotItsCodeUsesNothingUp() {
        TokenText invitation = TokenText.parse(
                        TokenText.Kind.INVITATION, stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN))
                .orElseThrow();
        String forged = new TokenText(TokenText.Kind.INVITATION, invitation.id(), "a".repeat(32)).text();
        for (int i = 0; i < 4 * Invitations.TRIES; i++) {
            assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(forged));
            assertProblem(
                    ProblemType.INVITATION_INVALID,
                    () -> stand.invitations.accept(new Acceptance(forged, PASSWORD, "000000")));
        }
        NewAuthenticator authenticator = stand.invitations.open(invitation.text());
        assertThat(stand.invitations.accept(
                        new Acceptance(invitation.text(), PASSWORD, stand.code(authenticator.secret()))))
                .isNotEmpty();
    }

    @Test
    void withAWrongCodeOrAWeakPasswordNobodyIsIn() {
        String code = stand.invited(ADMINISTRATOR, "ann", Role.SECURITY_ADMIN);
        assertProblem(
                ProblemType.SCHEMA, () -> stand.invitations.accept(new Acceptance(code, "password1234", "000000")));
        assertProblem(
                ProblemType.SECOND_FACTOR_REFUSED,
                () -> stand.invitations.accept(new Acceptance(code, PASSWORD, "abcdef")));
        assertThat(stand.users.all()).isEmpty();
    }

    @Test
    void aWithdrawnInvitationIsRefused() {
        Person ann = ann();
        Caller caller = stand.signedIn(ann);
        String code = stand.invited(caller, "bob", Role.AUDIT_READER);
        String id = stand.invitations.waiting().getFirst().id();
        assertThat(stand.invitations.withdraw(caller, id)).isTrue();
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(code));
        assertThat(stand.invitations.withdraw(caller, id)).isFalse();
    }

    @Test
    void aWrongPasswordAWrongCodeAndAnUnknownNameAreAnsweredAlike() {
        Person ann = ann();
        String code = stand.code(ann.secret());
        String wrong = refusal(new SignInRequest("ann@example.com", "another four words", code));
        assertThat(refusal(new SignInRequest("ann@example.com", PASSWORD, "000000x")))
                .isEqualTo(wrong);
        assertThat(refusal(new SignInRequest("nobody", PASSWORD, code))).isEqualTo(wrong);
        assertThat(refusal(new SignInRequest("no such name \u0000", PASSWORD, code)))
                .isEqualTo(wrong);
        // A wrong password has not used the code up.
        assertThat(stand.signIn(ann).access().text()).startsWith("srs_");
    }

    private String refusal(SignInRequest request) {
        try {
            stand.signIns.signIn(request, HOME);
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ProblemType.SIGN_IN_REFUSED);
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("somebody came in");
    }

    @Test
    void aCodeCountsOnceAlsoWhenTheClockIsSetBack() {
        Person ann = ann();
        stand.signIn(ann);
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(ann));
        String later = stand.code(ann.secret());
        stand.now.updateAndGet(instant -> instant.minusSeconds(30));
        assertThat(stand.code(ann.secret())).isNotEqualTo(later);
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(ann));
    }

    @Test
    void wrongGuessesFromElsewhereLockNobodyOut() {
        Person ann = ann();
        SignInRequest guess = new SignInRequest("ann@example.com", "wrong wrong wrong", "000000");
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIns.signIn(guess, ELSEWHERE));
        }
        assertProblem(ProblemType.RATE_LIMITED, () -> stand.signIns.signIn(guess, ELSEWHERE));
        // Even the right one has to wait there, and nobody has to wait at home.
        assertProblem(
                ProblemType.RATE_LIMITED,
                () -> stand.signIns.signIn(
                        new SignInRequest("ann@example.com", PASSWORD, stand.code(ann.secret())), ELSEWHERE));
        assertThat(stand.signIn(ann).endsAt()).isPositive();
    }

    @Test
    void ofIpv6TheNetworkCounts() {
        ann();
        SignInRequest guess = new SignInRequest("ann@example.com", "wrong wrong wrong", "000000");
        for (int i = 0; i < 5; i++) {
            InetSocketAddress other = new InetSocketAddress("2001:db8:1:2::" + i, 1);
            assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIns.signIn(guess, other));
        }
        assertProblem(
                ProblemType.RATE_LIMITED,
                () -> stand.signIns.signIn(guess, new InetSocketAddress("2001:db8:1:2:ffff::", 1)));
    }

    @Test
    void aRecoveryCodeLetsInOnceAndDoesNotStepUp() {
        Person ann = ann();
        SignInRequest recovery =
                new SignInRequest(ann.officer(), PASSWORD, ann.recoveryCodes().getFirst());
        Caller caller = stand.caller(stand.signIns.signIn(recovery, HOME));
        assertThat(caller.person().orElseThrow().stepUp().counts(stand.clock.millis()))
                .isFalse();
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIns.signIn(recovery, HOME));
        assertProblem(
                ProblemType.SECOND_FACTOR_REFUSED,
                () -> stand.signIns.stepUp(
                        caller.person().get(), ann.recoveryCodes().get(1)));
        // It is for setting up a new authenticator, which takes the place of the old one.
        Caller elsewhere = stand.signedIn(ann);
        NewAuthenticator fresh = stand.own.newAuthenticator(caller);
        List<String> codes = stand.own.confirmAuthenticator(caller, stand.code(fresh.secret()));
        assertThat(stand.sessions.of(new PersonId(ann.officer())))
                .as("all others have ended")
                .singleElement()
                .satisfies(left -> assertThat(left.id())
                        .isEqualTo(caller.person().get().session())
                        .isNotEqualTo(elsewhere.person().orElseThrow().session()));
        stand.pass(Duration.ofSeconds(30));
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(ann));
        stand.signIn(new Person(ann.officer(), fresh.secret(), codes));
        assertProblem(
                ProblemType.SIGN_IN_REFUSED,
                () -> stand.signIns.signIn(
                        new SignInRequest(
                                ann.officer(), PASSWORD, ann.recoveryCodes().get(2)),
                        HOME));
    }

    @Test
    void aNewAuthenticatorIsBegunAndConfirmedWhileWhatWasShownCounts() {
        Person ann = ann();
        Caller stepped = stand.signedIn(ann);
        String begun = stand.own.newAuthenticator(stepped).secret();
        Caller recovered = stand.caller(stand.signIns.signIn(
                new SignInRequest(ann.officer(), PASSWORD, ann.recoveryCodes().getFirst()), HOME));

        stand.pass(SteppedUp.HOLDS);

        for (Caller late : List.of(stepped, recovered)) {
            assertProblem(ProblemType.STEP_UP_REQUIRED, () -> stand.own.newAuthenticator(late));
            assertProblem(ProblemType.STEP_UP_REQUIRED, () -> stand.own.confirmAuthenticator(late, stand.code(begun)));
        }
    }

    @Test
    void anAccessTokenHoldsForTenMinutesAndTheSessionForTwelveHours() {
        Sessions.Opened opened = stand.signIn(ann());
        stand.pass(Sessions.ACCESS_LIFE);
        assertThat(stand.sessions.authenticate(opened.access().text())).isEmpty();
        Sessions.Opened next = opened;
        for (int i = 0; i < 11; i++) {
            stand.pass(Duration.ofHours(1));
            next = stand.sessions.refresh(next.refresh().text());
            assertThat(stand.sessions.authenticate(next.access().text())).isPresent();
        }
        assertThat(next.endsAt()).isEqualTo(opened.endsAt());
        stand.pass(Duration.ofMinutes(45));
        next = stand.sessions.refresh(next.refresh().text());
        assertThat(next.accessEndsAt()).isEqualTo(opened.endsAt());
        stand.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(stand.sessions.authenticate(next.access().text())).isPresent();
        stand.passUnseen(Duration.ofMillis(1));
        assertThat(stand.sessions.authenticate(next.access().text())).isEmpty();
        String last = next.refresh().text();
        assertProblem(ProblemType.INVALID_TOKEN, () -> stand.sessions.refresh(last));
        assertThat(stand.sessions.authenticate(next.access().text())).isEmpty();
    }

    @Test
    void aRefreshTokenThatIsShownTwiceEndsTheSession() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened second = stand.sessions.refresh(first.refresh().text());
        assertThat(stand.sessions.authenticate(first.access().text())).isEmpty();
        assertThat(stand.sessions.authenticate(second.access().text())).isPresent();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(first.refresh().text()));
        assertThat(stand.sessions.authenticate(second.access().text())).isEmpty();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(second.refresh().text()));
        assertThat(stand.told).anyMatch(line -> line.contains("Session.Ended"));
    }

    @Test
    void aForgedRefreshTokenEndsNothing() {
        Sessions.Opened opened = stand.signIn(ann());
        String forged = new TokenText(TokenText.Kind.REFRESH, opened.access().id(), "a".repeat(32)).text();
        assertProblem(ProblemType.INVALID_TOKEN, () -> stand.sessions.refresh(forged));
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(opened.access().text()));
        assertThat(stand.sessions.authenticate(opened.access().text())).isPresent();
        assertThat(stand.sessions.authenticate(opened.refresh().text())).isEmpty();
    }

    @Test
    void aRefreshTokenWhoseAnswerWasLostCountsForAMinuteMore() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened lost = stand.sessions.refresh(first.refresh().text());
        stand.pass(Duration.ofSeconds(30));
        Sessions.Opened lostToo = stand.sessions.refresh(first.refresh().text());
        stand.pass(Sessions.UNHEARD.minusSeconds(30).minusMillis(1));
        Sessions.Opened heard = stand.sessions.refresh(first.refresh().text());
        assertThat(stand.sessions.authenticate(lost.access().text())).isEmpty();
        assertThat(stand.sessions.authenticate(lostToo.access().text())).isEmpty();
        assertThat(stand.sessions.authenticate(heard.access().text())).isPresent();
        Sessions.Opened next = stand.sessions.refresh(heard.refresh().text());
        assertThat(stand.sessions.authenticate(next.access().text())).isPresent();
    }

    @Test
    void aMinuteAfterALostAnswerItsRefreshTokenEndsTheSession() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened lost = stand.sessions.refresh(first.refresh().text());
        stand.pass(Sessions.UNHEARD);
        assertEnds(first, lost);
    }

    /** Whoever has the lost answer and whoever asked again are two. */
    @Test
    void anAnswerThatWasNotLostEndsTheSessionWhenItIsUsedAfterAnother() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened kept = stand.sessions.refresh(first.refresh().text());
        Sessions.Opened second = stand.sessions.refresh(first.refresh().text());
        assertEnds(kept, second);
    }

    @Test
    void aRefreshTokenCountsNoMoreOnceWhatItGaveWasRefreshedItself() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened second = stand.sessions.refresh(first.refresh().text());
        Sessions.Opened third = stand.sessions.refresh(second.refresh().text());
        assertEnds(first, third);
    }

    @Test
    void afterARestartARefreshTokenCountsOnce() {
        Sessions.Opened first = stand.signIn(ann());
        Sessions.Opened lost = stand.sessions.refresh(first.refresh().text());
        Sessions restarted = stand.restarted();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> restarted.refresh(first.refresh().text()));
        assertThat(restarted.authenticate(lost.access().text())).isEmpty();
    }

    /** That showing the refresh token of one ends the session, which the other would have gone on with. */
    private void assertEnds(Sessions.Opened shown, Sessions.Opened newest) {
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(shown.refresh().text()));
        assertThat(stand.sessions.authenticate(newest.access().text())).isEmpty();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(newest.refresh().text()));
    }

    @Test
    void ofTwoWhoRefreshAtOnceTheTokensOfOneCountAndThoseOfTheOtherEndTheSession() throws Exception {
        Sessions.Opened opened = stand.signIn(ann());
        Callable<Sessions.Opened> refresh =
                () -> stand.sessions.refresh(opened.refresh().text());
        List<Sessions.Opened> both = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Sessions.Opened> each : two.invokeAll(List.of(refresh, refresh))) {
                both.add(each.get());
            }
        }
        List<Sessions.Opened> counting = both.stream()
                .filter(each ->
                        stand.sessions.authenticate(each.access().text()).isPresent())
                .toList();
        assertThat(counting).hasSize(1);
        both.removeAll(counting);
        assertEnds(both.getFirst(), counting.getFirst());
    }

    @Test
    void sessionsOutliveARestart() {
        Sessions.Opened opened = stand.signIn(ann());
        assertThat(stand.restarted().authenticate(opened.access().text())).isPresent();
    }

    @Test
    void aClockThatIsSetBackLetsNoSessionLiveLonger() {
        Sessions.Opened opened = stand.signIn(ann());
        stand.now.updateAndGet(instant -> instant.minus(Duration.ofHours(1)));
        stand.sessions.refreshHeld();
        assertThat(stand.sessions.authenticate(opened.access().text())).isEmpty();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(opened.refresh().text()));
    }

    @Test
    void signingOutEndsTheSessionAndSigningOutEverywhereAll() {
        Person ann = ann();
        Caller first = stand.signedIn(ann);
        Sessions.Opened second = stand.signIn(later(ann));
        assertThat(stand.sessions.of(new PersonId(ann.officer()))).hasSize(2);
        stand.sessions.end(first.person().orElseThrow(), first.person().get().session());
        assertThat(stand.sessions.of(new PersonId(ann.officer()))).hasSize(1);
        assertThat(stand.sessions.endEverywhere(first.person().get())).isEqualTo(1);
        assertThat(stand.sessions.authenticate(second.access().text())).isEmpty();
        assertThat(stand.told)
                .anyMatch(line -> line.contains("Session.SignedOut by"))
                .anyMatch(line -> line.contains("Session.SignedOutEverywhere by"));
    }

    /** To end a session is the safe side: what is recorded only follows. */
    @Test
    void aSessionEndsThoughTheLedgerTakesNothingAndItsRecordFollows() {
        Person ann = ann();
        Sessions.Opened one = stand.signIn(ann);
        Sessions.Opened two = stand.signIn(later(ann));
        Sessions.Opened three = stand.signIn(later(ann));
        Caller her = stand.caller(three);
        stand.caller(stand.sessions.refresh(two.refresh().text()));
        stand.trailIsDown = true;
        stand.told.clear();

        assertThat(stand.sessions.end(her.person().orElseThrow(), one.access().id()))
                .isTrue();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(two.refresh().text()));
        assertThat(stand.sessions.of(new PersonId(ann.officer()))).hasSize(1);
        assertThat(stand.sessions.endEverywhere(her.person().get())).isEqualTo(1);
        assertThat(stand.sessions.authenticate(three.access().text())).isEmpty();
        assertThat(stand.restarted().authenticate(three.access().text())).isEmpty();
        stand.ends.tell();
        assertThat(stand.told).isEmpty();

        stand.trailIsDown = false;
        SessionEnds next = stand.endsRestarted();
        next.tell();
        next.tell();
        assertThat(stand.told)
                .containsExactlyInAnyOrder(
                        "system.access Session.SignedOut by " + ann.officer() + " on "
                                + one.access().id(),
                        "system.access Session.Ended by " + ann.officer() + " on "
                                + two.access().id(),
                        "system.access Session.SignedOutEverywhere by " + ann.officer() + " on "
                                + three.access().id());
    }

    private Person later(Person person) {
        stand.pass(Duration.ofSeconds(30));
        return person;
    }

    @Test
    void nobodyEndsAnothersSession() {
        Person ann = ann();
        Person bob = bob(ann);
        Caller her = stand.signedIn(ann);
        Caller him = stand.signedIn(bob);
        assertThat(stand.sessions.end(
                        him.person().orElseThrow(), her.person().orElseThrow().session()))
                .isFalse();
        assertThat(stand.sessions.of(new PersonId(ann.officer()))).isNotEmpty();
    }

    @Test
    void theSecondFactorCountsForFiveMinutesAndIsBoundToTheSession() {
        Person ann = ann();
        Sessions.Opened opened = stand.signIn(ann);
        assertThat(stepped(opened)).isTrue();
        stand.pass(SteppedUp.HOLDS);
        assertThat(stepped(opened)).isFalse();
        stand.signIns.stepUp(stand.caller(opened).person().orElseThrow(), stand.code(ann.secret()));
        assertThat(stepped(opened)).isTrue();
        assertProblem(
                ProblemType.SECOND_FACTOR_REFUSED,
                () -> stand.signIns.stepUp(stand.caller(opened).person().orElseThrow(), stand.code(ann.secret())));
    }

    private boolean stepped(Sessions.Opened opened) {
        return stand.caller(opened).person().orElseThrow().stepUp().counts(stand.clock.millis());
    }

    @Test
    void guessingTheSecondFactorOfAStolenSessionTakesLongerAndLonger() {
        Caller.Person person = stand.signedIn(ann()).person().orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertProblem(ProblemType.SECOND_FACTOR_REFUSED, () -> stand.signIns.stepUp(person, "000000"));
        }
        assertProblem(ProblemType.RATE_LIMITED, () -> stand.signIns.stepUp(person, "000000"));
    }

    @Test
    void otherRolesCountAtOnceAndNobodyGivesThemToThemselves() {
        Person ann = ann();
        Sessions.Opened his = stand.signIn(bob(ann));
        Caller her = stand.signedIn(ann);
        stand.accounts.setRoles(her, new PersonId("BOB"), Set.of(Role.AUDIT_READER));
        assertThat(stand.caller(his).person().orElseThrow().roles()).containsExactly(Role.AUDIT_READER);
        assertProblem(
                ProblemType.USER_CONFLICT,
                () -> stand.accounts.setRoles(her, new PersonId("ANN@example.com"), Set.of(Role.AUDIT_ADMIN)));
        assertThat(stand.told)
                .anyMatch(line -> line.equals("system.admin User.RolesChanged by Ann@example.com on bob"));
    }

    @Test
    void whoeverHasLostTheRightMeanwhileChangesNothing() {
        Person ann = ann();
        Person bob = stand.joined(stand.signedIn(ann), "bob", Role.SECURITY_ADMIN);
        Caller her = stand.signedIn(ann);
        Caller him = stand.signedIn(bob);
        stand.accounts.setRoles(her, new PersonId("bob"), Set.of(Role.AUDIT_READER));
        // His request was let through a moment before.
        assertProblem(
                ProblemType.FORBIDDEN,
                () -> stand.accounts.setRoles(him, new PersonId(ann.officer()), Set.of(Role.AUDIT_READER)));
        assertProblem(ProblemType.FORBIDDEN, () -> stand.invited(him, "eve", Role.SECURITY_ADMIN));
    }

    /** As when somebody signs in while another disables the account: neither sees the other's transaction. */
    @Test
    void aSessionThatCameAboutWhileTheAccountWasDisabledLetsNobodyIn() {
        Sessions.Opened opened = stand.signIn(ann());
        stand.database.owner(connection -> Sql.update(connection, "UPDATE access_user SET disabled_at = 1"));

        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(opened.refresh().text()));
        assertThat(stand.sessions.authenticate(opened.access().text())).isEmpty();
        assertThat(stand.restarted().authenticate(opened.access().text())).isEmpty();
    }

    @Test
    void aDisabledAccountIsOutAtOnceAndComesBackByAnInvitation() {
        Person ann = ann();
        Person bob = bob(ann);
        Sessions.Opened his = stand.signIn(later(bob));
        SigningKey key = enrolled(stand.caller(his));
        Caller her = stand.signedIn(ann);
        stand.accounts.disable(her, new PersonId("bob"));
        assertThat(stand.sessions.authenticate(his.access().text())).isEmpty();
        assertProblem(
                ProblemType.INVALID_TOKEN,
                () -> stand.sessions.refresh(his.refresh().text()));
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(later(bob)));
        assertThat(stand.keys.inForce()).isEmpty();
        assertThat(stand.keys.find(key.verifyingKey().id()).orElseThrow().revokedAt())
                .isNotNull();
        assertThat(stand.users.find(new PersonId("bob")).orElseThrow().active()).isFalse();

        Person back = stand.joined(stand.signedIn(ann), "bob", Role.AUDIT_READER);
        assertThat(stand.signedIn(back).person().orElseThrow().roles()).containsExactly(Role.AUDIT_READER);
    }

    @Test
    void theTokensOfADisabledPersonEndButThoseThatOnlySend() {
        Person ann = ann();
        Person bob = stand.joined(stand.signedIn(ann), "Bob", Role.SECURITY_ADMIN);
        Caller him = stand.signedIn(bob);
        TokenText hers = token(stand.signedIn(ann), Scope.READ);
        TokenText reads = token(him, Scope.READ);
        TokenText administers = token(him, Scope.ADMIN);
        TokenText sends = token(him, Scope.INGEST);
        TokenText both = token(him, Scope.INGEST, Scope.EXPORT);
        Caller itself = stand.tokens.authenticate(administers.text()).orElseThrow();
        TokenText madeByIt = token(itself, Scope.EXPORT);
        TokenText sendsToo = token(itself, Scope.INGEST);

        stand.accounts.disable(stand.signedIn(ann), new PersonId("bob"));

        for (TokenText ended : List.of(reads, administers, both, madeByIt)) {
            assertThat(stand.tokens.authenticate(ended.text())).as(ended.id()).isEmpty();
        }
        for (TokenText left : List.of(hers, sends, sendsToo)) {
            assertThat(stand.tokens.authenticate(left.text())).as(left.id()).isPresent();
        }
        assertThat(stand.attributes.getLast())
                .containsEntry("tokensRevoked", 4L)
                .containsEntry("left", List.of(sends.id(), sendsToo.id()));
        assertProblem(ProblemType.FORBIDDEN, () -> token(itself, Scope.EXPORT));
        Person back = stand.joined(stand.signedIn(ann), "Bob", Role.SECURITY_ADMIN);
        assertThat(stand.signedIn(back).id()).isEqualTo("Bob");
        assertThat(stand.tokens.authenticate(reads.text())).isEmpty();
    }

    private TokenText token(Caller by, Scope... scopes) {
        stand.pass(Duration.ofSeconds(1));
        return stand.tokens
                .make(
                        by,
                        "test",
                        Set.of(scopes),
                        List.of("desk"),
                        Duration.ofDays(1).toMillis())
                .text();
    }

    @Test
    void whomSomebodyInvitedStaysOutOnceTheyAreDisabledOrGetOtherRoles() {
        Person ann = ann();
        Person bob = stand.joined(stand.signedIn(ann), "bob", Role.SECURITY_ADMIN);
        String eve = stand.invited(stand.signedIn(bob), "eve", Role.SECURITY_ADMIN);
        String her = stand.invited(stand.signedIn(ann), "carol", Role.AUDIT_READER);
        stand.accounts.setRoles(stand.signedIn(ann), new PersonId("bob"), Set.of(Role.SECURITY_ADMIN, Role.SRE_ADMIN));
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(eve));
        String mallory = stand.invited(stand.signedIn(bob), "mallory", Role.SECURITY_ADMIN);
        stand.accounts.disable(stand.signedIn(ann), new PersonId("BOB"));
        assertProblem(ProblemType.INVITATION_INVALID, () -> stand.invitations.open(mallory));
        assertThat(stand.invitations.open(her).officer()).isEqualTo("carol");
    }

    @Test
    void whoKnowsThePasswordAndGuessesCodesFromEverOtherAddressesWaitsAndRecoveryCodesLetIn() {
        Person ann = ann();
        for (int i = 0; i < 6; i++) {
            InetSocketAddress other = new InetSocketAddress("2001:db8:" + i + "::1", 1);
            assertProblem(
                    ProblemType.SIGN_IN_REFUSED,
                    () -> stand.signIns.signIn(new SignInRequest(ann.officer(), PASSWORD, "000000"), other));
        }
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(ann));
        SignInRequest recovery =
                new SignInRequest(ann.officer(), PASSWORD, ann.recoveryCodes().getFirst());
        assertThat(stand.signIns.signIn(recovery, HOME).endsAt()).isPositive();
        stand.pass(Duration.ofSeconds(30));
        assertThat(stand.signIn(ann).endsAt())
                .as("whoever is in again counts anew")
                .isPositive();
    }

    @Test
    void strangersWhoDoNotKnowThePasswordMakeNobodyWaitForTheirCode() {
        Person ann = ann();
        for (int i = 0; i < 20; i++) {
            InetSocketAddress other = new InetSocketAddress("2001:db8:" + i + "::1", 1);
            assertProblem(
                    ProblemType.SIGN_IN_REFUSED,
                    () -> stand.signIns.signIn(new SignInRequest(ann.officer(), "wrong wrong wrong", "000000"), other));
        }
        assertThat(stand.signIn(ann).endsAt()).isPositive();
    }

    @Test
    void ofThoseWhoUseOneCodeAtOnceOneIsIn() throws Exception {
        Person ann = ann();
        SignInRequest recovery =
                new SignInRequest(ann.officer(), PASSWORD, ann.recoveryCodes().getFirst());
        assertThat(ofFourAtOnce(Set.of(ProblemType.SIGN_IN_REFUSED), () -> stand.signIns.signIn(recovery, HOME)))
                .isEqualTo(1);
        stand.pass(Duration.ofHours(2));
        SignInRequest authenticator = new SignInRequest(ann.officer(), PASSWORD, stand.code(ann.secret()));
        assertThat(ofFourAtOnce(Set.of(ProblemType.SIGN_IN_REFUSED), () -> stand.signIns.signIn(authenticator, HOME)))
                .isEqualTo(1);
    }

    @Test
    void ofThoseWhoChangeOnePasswordAtOnceOneDoes() throws Exception {
        Caller ann = stand.signedIn(ann());
        AtomicInteger number = new AtomicInteger();
        assertThat(ofFourAtOnce(
                        Set.of(ProblemType.USER_CONFLICT, ProblemType.FORBIDDEN),
                        () -> stand.own.changePassword(
                                ann, PASSWORD, "another four plain words " + number.incrementAndGet())))
                .isEqualTo(1);
    }

    /** How many of four that do the same get through; the others are refused. */
    private static int ofFourAtOnce(Set<ProblemType> refusal, Runnable work) throws InterruptedException {
        AtomicInteger through = new AtomicInteger();
        List<ProblemType> refusals = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    work.run();
                    through.incrementAndGet();
                } catch (ProblemException refused) {
                    refusals.add(refused.type());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refusals).isSubsetOf(refusal);
        return through.get();
    }

    @Test
    void theSessionThatIsOneTooManyEndsAndThatIsRecorded() {
        Person ann = ann();
        Sessions.Opened first = stand.signIn(ann);
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            stand.signedIn(ann);
        }
        assertThat(stand.sessions.authenticate(first.access().text())).isEmpty();
        assertThat(stand.told)
                .contains("system.access Session.Ended by " + ann.officer() + " on "
                        + first.access().id());
    }

    private SigningKey enrolled(Caller caller) {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        KeyPossession possession = stand.enrolment.challenge(caller);
        stand.enrolment.enrol(caller, key.verifyingKey(), possession.sign(key));
        return key;
    }

    @Test
    void aKeyCountsFromItsEnrolmentUntilItIsRevoked() {
        Person ann = ann();
        Caller caller = stand.signedIn(ann);
        SigningKey key = enrolled(caller);
        long since = stand.clock.millis();
        OfficerKey found = stand.keys.find(key.verifyingKey().id()).orElseThrow();
        assertThat(found.officer()).isEqualTo(new PersonId("ANN@example.com"));
        assertThat(found.key()).isEqualTo(key.verifyingKey());
        assertThat(stand.keys.inForce()).containsExactly(found);
        stand.pass(Duration.ofMinutes(1));
        stand.enrolment.revoke(caller, new PersonId(ann.officer()), found.id());
        OfficerKey revoked = stand.keys.find(found.id()).orElseThrow();
        assertThat(revoked.countsAt(since - 1)).isFalse();
        assertThat(revoked.countsAt(since)).isTrue();
        assertThat(revoked.countsAt(stand.clock.millis())).isFalse();
        assertThat(stand.keys.inForce()).isEmpty();
        assertProblem(
                ProblemType.NOT_FOUND, () -> stand.enrolment.revoke(caller, new PersonId(ann.officer()), found.id()));
        assertThat(stand.told)
                .anyMatch(line -> line.startsWith("system.admin OfficerKey.Enrolled by Ann@example.com on sha256:"))
                .anyMatch(line -> line.startsWith("system.admin OfficerKey.Revoked by Ann@example.com on sha256:"));
    }

    @Test
    void aKeyIsEnrolledOnlyWithItsOwnSignatureOverTheSessionsOwnChallenge() {
        Person ann = ann();
        Person bob = bob(ann);
        Caller her = stand.signedIn(ann);
        Caller him = stand.signedIn(bob);
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        SigningKey other = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        // No challenge at all.
        assertRefused(her, key, new byte[64]);
        KeyPossession hers = stand.enrolment.challenge(her);
        // Another key's signature; then the right one, but the challenge is used up.
        assertRefused(her, key, hers.sign(other));
        assertRefused(her, key, hers.sign(key));
        // Another officer's challenge, in his session.
        KeyPossession again = stand.enrolment.challenge(her);
        stand.enrolment.challenge(him);
        assertRefused(him, key, again.sign(key));
        // Too late.
        KeyPossession late = stand.enrolment.challenge(her);
        stand.pass(KeyEnrolment.CHALLENGE_HOLDS);
        assertRefused(her, key, late.sign(key));
        assertThat(stand.keys.of(new PersonId("ann@example.com"))).isEmpty();
        // A key is one officer's for ever.
        Caller later = stand.signedIn(ann);
        stand.enrolment.enrol(
                later, key.verifyingKey(), stand.enrolment.challenge(later).sign(key));
        Caller himLater = stand.signedIn(bob);
        KeyPossession his = stand.enrolment.challenge(himLater);
        assertProblem(
                ProblemType.USER_CONFLICT, () -> stand.enrolment.enrol(himLater, key.verifyingKey(), his.sign(key)));
    }

    private void assertRefused(Caller caller, SigningKey key, byte[] signature) {
        assertProblem(
                ProblemType.CHALLENGE_INVALID, () -> stand.enrolment.enrol(caller, key.verifyingKey(), signature));
    }

    @Test
    void aChangedPasswordEndsTheOtherSessions() {
        Person ann = ann();
        Sessions.Opened other = stand.signIn(ann);
        Caller caller = stand.signedIn(ann);
        assertProblem(
                ProblemType.FORBIDDEN,
                () -> stand.own.changePassword(caller, "wrong wrong wrong", "five words of no sense"));
        stand.own.changePassword(caller, PASSWORD, "five words of no sense");
        assertThat(stand.sessions.authenticate(other.access().text())).isEmpty();
        stand.pass(Duration.ofSeconds(30));
        assertProblem(ProblemType.SIGN_IN_REFUSED, () -> stand.signIn(ann));
        stand.signIns.signIn(
                new SignInRequest(ann.officer(), "five words of no sense", stand.code(ann.secret())), HOME);
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        Person ann = ann();
        Person bob = bob(ann);
        Caller her = stand.signedIn(ann);
        int invitations = stand.invitations.waiting().size();
        stand.pass(Duration.ofSeconds(30));
        stand.trailIsDown = true;
        assertThatThrownBy(() -> stand.signIn(ann)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stand.invited(her, "eve", Role.AUDIT_READER))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stand.accounts.disable(her, new PersonId("bob")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> enrolled(her)).isInstanceOf(IllegalStateException.class);
        stand.trailIsDown = false;
        assertThat(stand.invitations.waiting()).hasSize(invitations);
        assertThat(stand.users.find(new PersonId("bob")).orElseThrow().active()).isTrue();
        assertThat(stand.keys.inForce()).isEmpty();
        // Nor was the code used up.
        stand.signIn(ann);
        stand.signIn(bob);
    }

    private static void assertProblem(ProblemType type, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }
}
