package io.strongroom.server.devices;

import static io.strongroom.server.devices.DeviceStand.OFFICER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceIdentity.Use;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.devices.RevocationLists.Shut;
import io.strongroom.server.devices.Standing.Decision;
import io.strongroom.server.problem.ProblemException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is promised of devices' identities, on either database. */
abstract class DevicesContract {
    private final DeviceStand stand;

    DevicesContract(JdbcDatabase database) {
        this.stand = new DeviceStand(database);
    }

    @AfterEach
    void close() {
        stand.database.close();
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void anEnrolmentGivesOneIdentityHoweverOftenItsAnswerIsLost() {
        String code = stand.code();
        KeyPair key = TestDevice.newKey();
        X509Certificate first = stand.enrolled(code, key);
        assertThat(stand.enrolled(code, key)).isEqualTo(first);
        stand.pass(Duration.ofDays(3));
        assertThat(stand.enrolled(code, key)).as("the hour is for asking first").isEqualTo(first);
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(code, TestDevice.newKey()));
        assertThat(stand.registry.devices()).hasSize(1);
        assertThat(stand.told)
                .containsExactly(
                        "system.devices EnrolmentToken.Made by ServiceToken",
                        "system.devices Device.Enrolled by EnrolmentToken");
    }

    @Test
    void ofManyWhoShowOneCodeAtOnceOneKeyIsEnrolled() throws Exception {
        String code = stand.code();
        Callable<String> enrol = () -> {
            try {
                return DeviceStand.id(stand.enrolled(code, TestDevice.newKey()));
            } catch (ProblemException e) {
                return e.type().code();
            }
        };
        Set<String> answers = new HashSet<>();
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            for (Future<String> answer : many.invokeAll(List.of(enrol, enrol, enrol, enrol))) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).hasSize(2).contains("enrolment-refused");
        assertThat(stand.registry.devices()).hasSize(1);
    }

    @Test
    void aCodeThatExpiredOrWasRevokedOrIsUnknownIsRefused() {
        String expired = stand.code(Duration.ofMinutes(5));
        stand.pass(Duration.ofMinutes(5));
        KeyPair key = TestDevice.newKey();
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(expired, key));
        EnrolmentTokens.Made made = stand.tokens.make(OFFICER, "lab", "default", Duration.ofHours(1));
        assertThat(stand.tokens.revoke(OFFICER, made.token().id())).isTrue();
        assertThat(stand.tokens.revoke(OFFICER, made.token().id())).isFalse();
        assertProblem(
                ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(made.code().text(), key));
        String good = stand.code();
        String elsewhere = good.substring(0, good.indexOf('.') + 1)
                + Digest.of(new byte[1]).hex();
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(elsewhere, key));
        String guessed = "sre_" + "a".repeat(54) + good.substring(good.indexOf('.'));
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(guessed, key));
        assertThat(stand.enrolled(good, key)).isNotNull();
        assertProblem(ProblemType.NOT_FOUND, () -> stand.tokens.make(OFFICER, "lab", "nowhere", Duration.ofHours(1)));
    }

    @Test
    void aKeyIsOneDevicesForEver() {
        KeyPair key = TestDevice.newKey();
        X509Certificate first = stand.enrolled(stand.code(), key);
        KeyPair next = TestDevice.newKey();
        X509Certificate renewed = stand.renewed(first, next);
        stand.admitted(renewed);
        String code = stand.code();

        assertProblem(ProblemType.KEY_IN_USE, () -> stand.enrolled(code, key));
        assertProblem(ProblemType.KEY_IN_USE, () -> stand.enrolled(code, next));
        var unused = stand.standing.decide(OFFICER, DeviceStand.id(first), Decision.REVOKE);
        assertProblem(ProblemType.KEY_IN_USE, () -> stand.enrolled(code, key));
        X509Certificate other = stand.enrolled(code, TestDevice.newKey());
        assertProblem(ProblemType.KEY_IN_USE, () -> stand.renewed(other, next));

        assertThat(stand.registry.devices()).hasSize(2);
        assertThat(stand.told)
                .filteredOn(told -> told.contains("Device.KeyShown"))
                .containsExactly(
                        "system.devices Device.KeyShown by EnrolmentToken",
                        "system.devices Device.KeyShown by EnrolmentToken",
                        "system.devices Device.KeyShown by EnrolmentToken",
                        "system.devices Device.KeyShown by Device");
    }

    @Test
    void aDeviceMayRenewWithTheKeyThatItHas() {
        KeyPair key = TestDevice.newKey();
        X509Certificate first = stand.enrolled(stand.code(), key);
        assertThat(stand.admitted(stand.renewed(first, key)).generation()).isEqualTo(2);
    }

    @Test
    void aCodeThatNobodyUsedEndsWithTheAccessOfWhoeverMadeIt() {
        String used = stand.code();
        String unused = stand.code();
        KeyPair key = TestDevice.newKey();
        X509Certificate certificate = stand.enrolled(used, key);
        stand.officerIsGone = true;
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(unused, TestDevice.newKey()));
        assertThat(stand.enrolled(used, key)).isEqualTo(certificate);
    }

    @Test
    void anEnrolmentThatCannotBeRecordedHasNotHappened() {
        String code = stand.code();
        KeyPair key = TestDevice.newKey();
        stand.trailIsDown = true;
        assertThatThrownBy(() -> stand.enrolled(code, key)).isInstanceOf(IllegalStateException.class);
        stand.trailIsDown = false;
        assertThat(stand.registry.devices()).isEmpty();
        assertThat(stand.enrolled(code, key)).isNotNull();
    }

    @Test
    void aGenerationCountsFromItsFirstUseOn() {
        X509Certificate first = stand.enrolled();
        assertThat(stand.find(first).orElseThrow().use()).isEqualTo(Use.NEXT);
        assertThat(stand.admitted(first).use()).isEqualTo(Use.CURRENT);
        KeyPair key = TestDevice.newKey();
        X509Certificate second = stand.renewed(first, key);
        assertThat(stand.renewed(first, key)).isEqualTo(second);
        assertThat(stand.find(first).orElseThrow().use()).isEqualTo(Use.CURRENT);
        assertThat(stand.admitted(second).generation()).isEqualTo(2);
        assertThat(stand.find(first).orElseThrow().use()).isEqualTo(Use.REPLACED);
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admitted(first));
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admitted(second));
        assertThat(stand.shutOut).containsExactly(DeviceStand.id(first));
        assertThat(stand.told).endsWith("system.devices Device.Locked by Device");
    }

    @Test
    void afterALockAnOfficerLetsTheNewestCertificateInAgainAndTheCopyLocksOnceMore() {
        X509Certificate first = stand.enrolled();
        X509Certificate second = stand.renewed(first, TestDevice.newKey());
        assertThat(stand.admitted(second).generation()).isEqualTo(2);
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admitted(first));
        DeviceRow unlocked = stand.standing.decide(OFFICER, DeviceStand.id(first), Decision.UNLOCK);
        assertThat(unlocked.state()).isEqualTo(DeviceState.ACTIVE);
        assertThat(stand.admitted(second).state()).isEqualTo(DeviceState.ACTIVE);
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admitted(first));
    }

    @Test
    void ofTwoWhoRenewWithOneKeyOneIsFoundOut() {
        X509Certificate first = stand.enrolled();
        X509Certificate thiefs = stand.renewed(first, TestDevice.newKey());
        X509Certificate owners = stand.renewed(first, TestDevice.newKey());
        assertThat(stand.admitted(owners).generation()).isEqualTo(2);
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admitted(thiefs));
    }

    @Test
    void aCopiedKeyCannotAskForCertificatesWithoutEnd() {
        X509Certificate first = stand.enrolled();
        for (int i = 0; i < Renewal.MOST_UNUSED; i++) {
            assertThat(stand.renewed(first, TestDevice.newKey())).isNotNull();
        }
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.renewed(first, TestDevice.newKey()));
    }

    @Test
    void aCertificateEndsAndIsToBeRenewedAboutHalfwayThere() {
        X509Certificate certificate = stand.enrolled();
        Instant issued = stand.now.get();
        long life = certificate.getNotAfter().getTime() - issued.toEpochMilli();
        long renewAfter = stand.admitted(certificate).renewAt() - issued.toEpochMilli();
        assertThat(renewAfter).isBetween(life * 4 / 10, life * 6 / 10);
        stand.pass(Duration.ofMillis(life));
        assertThat(stand.find(certificate)).isEmpty();
    }

    @Test
    void aCodeGivesNoSecondCertificateToADeviceThatUsedTheFirst() {
        String code = stand.code();
        KeyPair key = TestDevice.newKey();
        X509Certificate certificate = stand.enrolled(code, key);
        assertThat(stand.admitted(certificate).generation()).isEqualTo(1);
        stand.pass(Duration.ofDays(91));
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(code, key));
    }

    @Test
    void anotherNodeSeesWhatThisOneDecided() {
        X509Certificate certificate = stand.enrolled();
        assertThat(stand.admitted(certificate).state()).isEqualTo(DeviceState.ACTIVE);
        DeviceRegistry other =
                new DeviceRegistry(stand.database, stand.authorities, stand.clock, List.of(stand.shutOut::add));
        stand.standing.decide(OFFICER, DeviceStand.id(certificate), Decision.REVOKE);
        other.refresh();
        assertThat(other.find(certificate).orElseThrow().state()).isEqualTo(DeviceState.REVOKED);
        assertThat(stand.shutOut).hasSize(2);
        assertProblem(
                ProblemType.DEVICE_CONFLICT,
                () -> stand.standing.decide(OFFICER, DeviceStand.id(certificate), Decision.UNLOCK));
    }

    @Test
    void theKeysOfEarlierGenerationsAreStillKnown() {
        KeyPair before = TestDevice.newKey();
        X509Certificate first = stand.enrolled(stand.code(), before);
        X509Certificate second = stand.renewed(first, TestDevice.newKey());
        assertThat(stand.admitted(second).generation()).isEqualTo(2);
        Digest kid = Digest.of(before.getPublic().getEncoded());
        assertThat(stand.admission.key(DeviceStand.id(first), kid)).hasValue(before.getPublic());
        assertThat(stand.admission.key("dev-another", kid)).isEmpty();
    }

    @Test
    void theAuthorityIsReplacedInTwoSteps() {
        X509Certificate old = stand.enrolled();
        assertThat(stand.admitted(old).generation()).isEqualTo(1);
        stand.rollOver.begin(OFFICER);
        X509Certificate renewed = stand.renewed(old, TestDevice.newKey());
        assertThat(renewed.getIssuerX500Principal()).isNotEqualTo(old.getIssuerX500Principal());
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.rollOver.end(OFFICER, false));
        assertThat(stand.admitted(renewed).generation()).isEqualTo(2);
        stand.rollOver.end(OFFICER, false);
        assertThat(stand.registry.trusted()).hasSize(1);
        assertThat(stand.find(old)).isEmpty();
        assertThat(stand.admitted(renewed).state()).isEqualTo(DeviceState.ACTIVE);
        assertThat(stand.told)
                .contains(
                        "system.devices DeviceAuthority.RollOverBegun by ServiceToken",
                        "system.devices DeviceAuthority.RollOverEnded by ServiceToken");
    }

    @Test
    void aCodeGivesNothingToADeviceThatIsShutOutOrHasRenewed() {
        String code = stand.code();
        KeyPair key = TestDevice.newKey();
        X509Certificate first = stand.enrolled(code, key);
        String id = DeviceStand.id(first);
        assertThat(stand.admitted(first).generation()).isEqualTo(1);
        stand.standing.decide(OFFICER, id, Decision.LOCK);
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.enrolled(code, key));
        stand.standing.decide(OFFICER, id, Decision.UNLOCK);
        assertThat(stand.admitted(stand.renewed(first, TestDevice.newKey())).generation())
                .isEqualTo(2);
        assertProblem(ProblemType.ENROLMENT_REFUSED, () -> stand.enrolled(code, key));
        stand.standing.decide(OFFICER, id, Decision.REVOKE);
        assertProblem(ProblemType.DEVICE_REVOKED, () -> stand.enrolled(code, key));
    }

    /** As when another request, or another node, came in between: what was known of a certificate is judged anew. */
    @Test
    void aGenerationThatIsUsedTooLateLocksTheDevice() {
        X509Certificate device = stand.enrolled();
        DeviceIdentity dropped = identity(stand.renewed(device, TestDevice.newKey()));
        X509Certificate other = stand.renewed(device, TestDevice.newKey());
        assertLocks(dropped);

        X509Certificate second = stand.enrolled();
        DeviceIdentity unused = identity(stand.renewed(second, TestDevice.newKey()));
        assertThat(stand.admitted(stand.renewed(second, TestDevice.newKey())).generation())
                .isEqualTo(2);
        assertLocks(unused);

        X509Certificate third = stand.enrolled();
        X509Certificate next = stand.renewed(third, TestDevice.newKey());
        DeviceIdentity overtaken = identity(next);
        assertThat(stand.admitted(stand.renewed(next, TestDevice.newKey())).generation())
                .isEqualTo(3);
        assertLocks(overtaken);
        assertThat(stand.find(other).orElseThrow().state()).isEqualTo(DeviceState.LOCKED);
    }

    private DeviceIdentity identity(X509Certificate certificate) {
        DeviceIdentity identity = stand.find(certificate).orElseThrow();
        assertThat(identity.use()).isEqualTo(Use.NEXT);
        return identity;
    }

    private void assertLocks(DeviceIdentity identity) {
        int generation = requireNonNull(stand.registry.device(identity.id())).generation();
        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admission.admit(identity));
        DeviceRow device = requireNonNull(stand.registry.device(identity.id()));
        assertThat(device.state()).isEqualTo(DeviceState.LOCKED);
        assertThat(device.generation()).isEqualTo(generation);
    }

    @Test
    void aDeviceThatIsRevokedMeanwhileIsNotLockedInstead() {
        X509Certificate first = stand.enrolled();
        assertThat(stand.admitted(stand.renewed(first, TestDevice.newKey())).generation())
                .isEqualTo(2);
        DeviceIdentity replaced = stand.find(first).orElseThrow();
        stand.standing.decide(OFFICER, replaced.id(), Decision.REVOKE);

        assertProblem(ProblemType.DEVICE_LOCKED, () -> stand.admission.admit(replaced));

        assertThat(requireNonNull(stand.registry.device(replaced.id())).state()).isEqualTo(DeviceState.REVOKED);
    }

    @Test
    void whoeverIsLetInByAnEarlierGenerationDoesNotRenewAnyMore() {
        X509Certificate first = stand.enrolled();
        Caller before = new Caller(stand.admitted(first), "acme");
        assertThat(stand.admitted(stand.renewed(first, TestDevice.newKey())).generation())
                .isEqualTo(2);

        assertProblem(
                ProblemType.DEVICE_CONFLICT,
                () -> stand.renewal.renew(before, DeviceStand.request(TestDevice.newKey())));
    }

    @Test
    void aKeyWhoseCertificateWasDroppedUnusedSignsNothing() {
        X509Certificate first = stand.enrolled();
        KeyPair lost = TestDevice.newKey();
        KeyPair kept = TestDevice.newKey();
        stand.renewed(first, lost);
        stand.renewed(first, kept);

        assertThat(stand.admission.key(DeviceStand.id(first), keyId(lost))).isEmpty();
        assertThat(stand.admission.key(DeviceStand.id(first), keyId(kept))).hasValue(kept.getPublic());
    }

    private static Digest keyId(KeyPair key) {
        return Digest.of(key.getPublic().getEncoded());
    }

    @Test
    void theOlderAuthorityEndsOnceNoDeviceNeedsIt() {
        X509Certificate unused = stand.enrolled();
        X509Certificate old = stand.enrolled();
        stand.renewed(old, TestDevice.newKey());
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.rollOver.end(OFFICER, true));
        stand.rollOver.begin(OFFICER);
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.rollOver.begin(OFFICER));
        // What it had asked for before, and never used, is nobody's any more.
        assertThat(stand.admitted(stand.renewed(old, TestDevice.newKey())).generation())
                .isEqualTo(2);

        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.rollOver.end(OFFICER, false));
        assertThat(stand.admitted(unused).generation()).isEqualTo(1);
        stand.standing.decide(OFFICER, DeviceStand.id(unused), Decision.LOCK);
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.rollOver.end(OFFICER, false));
        stand.standing.decide(OFFICER, DeviceStand.id(unused), Decision.REVOKE);
        stand.rollOver.end(OFFICER, false);
        assertThat(stand.registry.trusted()).hasSize(1);
    }

    @Test
    void aCertificateIsSupersededSinceTheNextWasUsed() {
        X509Certificate first = stand.enrolled();
        X509Certificate second = stand.renewed(first, TestDevice.newKey());
        stand.pass(Duration.ofDays(1));
        assertThat(stand.admitted(second).generation()).isEqualTo(2);
        long used = stand.now.get().toEpochMilli();
        stand.pass(Duration.ofDays(1));
        X509Certificate third = stand.renewed(second, TestDevice.newKey());
        assertThat(stand.admitted(third).generation()).isEqualTo(3);

        int authority = stand.registry.trusted().getFirst().id();
        assertThat(stand.registry.shut(authority))
                .extracting(Shut::serial, Shut::since)
                .containsExactlyInAnyOrder(
                        tuple(first.getSerialNumber(), used),
                        tuple(second.getSerialNumber(), stand.now.get().toEpochMilli()));
    }
}
