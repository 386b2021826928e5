package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.devices.TestDevice.Enrolled;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device comes in, over the port that is its own, by a real handshake. */
class EnrolmentTest {
    private static final String SELF = "/api/v1/device/self";

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).text("code");
    }

    @Test
    void aDeviceIsCalledWhatTheApplianceSaysAndLetInByItsCertificate() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.id()).matches("dev-[a-z2-7]{16}");
            assertThat(device.certificate().getKeyUsage()[0]).isTrue();
            assertThat(uris(device.certificate())).containsExactly("urn:strongroom:device:" + device.id());
            Json.Obj self = json(device.get(SELF));
            assertThat(self.text("device")).isEqualTo(device.id());
            assertThat(self.integer("generation")).isEqualTo(1);
            assertThat(self.text("renewAt")).isLessThan(self.text("until"));
        }
    }

    private static List<String> uris(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames().stream()
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theCodePinsTheAuthorityThatThePortShows() {
        String code = TestDevice.code(appliance, "default");
        List<X509Certificate> authorities = TestDevice.certificates(
                TestDevice.at(appliance).get("/.well-known/est/cacerts").body());
        assertThat(authorities)
                .anyMatch(authority -> code.endsWith(
                        "." + Digest.of(authority.getPublicKey().getEncoded()).hex()));
    }

    @Test
    void aDeviceWhoseClockIsADayBehindBelievesWhatItIsShown() throws Exception {
        TestDevice device = TestDevice.at(appliance);
        Date yesterday = Date.from(Instant.now().minus(Duration.ofDays(1)));
        URI port = appliance.devicesUrl();
        try (SSLSocket socket =
                (SSLSocket) device.strangersTls().getSocketFactory().createSocket(port.getHost(), port.getPort())) {
            for (Certificate shown : socket.getSession().getPeerCertificates()) {
                ((X509Certificate) shown).checkValidity(yesterday);
            }
        }
        for (X509Certificate authority :
                TestDevice.certificates(device.get("/.well-known/est/cacerts").body())) {
            authority.checkValidity(yesterday);
        }
    }

    @Test
    void aCodeIsForOneKeyWhichGetsTheSameCertificateAgain() {
        TestDevice device = TestDevice.at(appliance);
        String code = TestDevice.code(appliance, "default");
        KeyPair key = TestDevice.newKey();
        X509Certificate first = TestDevice.certificate(device.enrol(code, key));
        assertThat(TestDevice.certificate(device.enrol(code, key))).isEqualTo(first);
        assertThat(problem(device.enrol(code, TestDevice.newKey()))).isEqualTo("403 enrolment-refused");
        try (Enrolled enrolled = device.with(key, first)) {
            assertThat(enrolled.get(SELF).statusCode()).isEqualTo(200);
            assertThat(TestDevice.certificate(device.enrol(code, key))).isEqualTo(first);
        }
    }

    @Test
    void aCodeThatExpiredIsRefusedWithWhatToDoAndItsKeyIsNobodys() {
        TestDevice device = TestDevice.at(appliance);
        KeyPair key = TestDevice.newKey();
        String expired = TestDevice.code(appliance, "default");
        String id = expired.substring(0, expired.indexOf('.'));
        // An hour and a minute pass, for this code.
        int made = appliance
                .appliance()
                .context()
                .getBean(Database.class)
                .owner(connection -> Sql.update(
                        connection,
                        "UPDATE device_token SET made_at = made_at - 3660000, expires_at = expires_at - 3660000"
                                + " WHERE used_at IS NULL AND hash = ?",
                        Digest.of(id.getBytes(UTF_8)).bytes()));
        assertThat(made).isOne();

        HttpResponse<String> refusal = device.enrol(expired, key);
        assertThat(problem(refusal)).isEqualTo("403 enrolment-refused");
        assertThat(json(refusal).text("detail")).endsWith("It has expired.");
        assertThat(json(refusal).text("action")).contains("Ask an officer for a new one");
        assertThat(device.enrol(TestDevice.code(appliance, "default"), key).statusCode())
                .isEqualTo(200);
        assertThat(problem(device.enrol(expired, key))).as("still").isEqualTo("403 enrolment-refused");
    }

    @Test
    void aKeyThatAnotherDeviceHasIsRefusedAndTheCodeStillCounts() {
        TestDevice device = TestDevice.at(appliance);
        KeyPair key = TestDevice.newKey();
        TestDevice.certificate(device.enrol(TestDevice.code(appliance, "default"), key));
        String code = TestDevice.code(appliance, "default");
        assertThat(problem(device.enrol(code, key))).isEqualTo("409 key-in-use");
        assertThat(device.enrol(code, TestDevice.newKey()).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutACodeOrACertificateNothingIsServed() {
        TestDevice device = TestDevice.at(appliance);
        assertThat(problem(device.get(SELF))).isEqualTo("401 invalid-device-certificate");
        assertThat(problem(device.enrol("sre_nonsense", TestDevice.newKey()))).isEqualTo("403 enrolment-refused");
    }

    @Test
    void whatIsNoRequestOrTooLongIsRefusedAndUsesNoCodeUp() {
        TestDevice device = TestDevice.at(appliance);
        String code = TestDevice.code(appliance, "default");
        assertThat(problem(device.enrol(code, "A".repeat(SigningRequest.MOST_BYTES + 1))))
                .isEqualTo("400 invalid-csr");
        assertThat(problem(device.enrol(code, "A".repeat(2 << 20)))).isEqualTo("413 body-too-large");
        KeyPair other = TestDevice.newKey("secp384r1");
        assertThat(problem(device.enrol(code, other))).isEqualTo("400 invalid-csr");
        assertThat(device.enrol(code, TestDevice.newKey()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatARequestShouldBeLikeIsTold() {
        String told = TestDevice.at(appliance).get("/.well-known/est/csrattrs").body();
        ASN1Sequence wanted = ASN1Sequence.getInstance(Base64.getMimeDecoder().decode(told));
        Attribute key = Attribute.getInstance(wanted.getObjectAt(0));
        assertThat(key.getAttrType()).isEqualTo(X9ObjectIdentifiers.id_ecPublicKey);
        assertThat(key.getAttrValues().getObjectAt(0)).isEqualTo(SECObjectIdentifiers.secp256r1);
        assertThat(wanted.getObjectAt(1)).isEqualTo(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Test
    void theTwoPortsServeWhatIsTheirs() {
        assertThat(problem(appliance.get("/.well-known/est/cacerts"))).isEqualTo("404 not-found");
        assertThat(problem(appliance.get(SELF, "Authorization", "Bearer " + appliance.adminToken())))
                .isEqualTo("404 not-found");
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(problem(device.get("/api/v1/query/records"))).isEqualTo("404 not-found");
            assertThat(problem(device.get("/api/v1/setup"))).startsWith("40");
            assertThat(problem(device.get("/nowhere"))).isEqualTo("404 not-found");
            assertThat(device.get("/problems/invalid-csr").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCertificateByAnotherAuthorityOfTheSameNameEndsTheHandshake() {
        X509Certificate ours = TestDevice.certificates(
                        TestDevice.at(appliance).get("/.well-known/est/cacerts").body())
                .getFirst();
        CertificateForm form = new CertificateForm(new SecureRandom());
        KeyPair forger = form.newKey();
        String name = ours.getSubjectX500Principal().getName().replace("CN=", "");
        X509Certificate forged = form.authority(name, forger, Instant.now());
        KeyPair key = TestDevice.newKey();
        X509Certificate certificate = form.device(
                new CertificateForm.Signer(forged, forger.getPrivate()),
                "dev-aaaaaaaaaaaaaaaa",
                key.getPublic(),
                Instant.now(),
                Duration.ofDays(1));
        try (Enrolled stranger = TestDevice.at(appliance).with(key, certificate)) {
            assertThatThrownBy(() -> stranger.get(SELF)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aNewCertificateCountsFromItsFirstUseAndThenTheOldOneLocksTheDevice() {
        KeyPair next = TestDevice.newKey();
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            X509Certificate renewed = TestDevice.certificate(device.renew(next));
            assertThat(TestDevice.certificate(device.renew(next))).isEqualTo(renewed);
            assertThat(json(device.get(SELF)).integer("generation")).isEqualTo(1);
            try (Enrolled second = device.device().with(next, renewed)) {
                assertThat(second.id()).isEqualTo(device.id());
                assertThat(json(second.get(SELF)).integer("generation")).isEqualTo(2);
                assertThat(problem(device.get(SELF))).isEqualTo("403 device-locked");
                assertThat(problem(second.get(SELF))).isEqualTo("403 device-locked");
            }
        }
    }

    @Test
    void aRequestWithAnotherKeyDropsTheCertificateThatWasNotUsed() {
        KeyPair lost = TestDevice.newKey();
        KeyPair kept = TestDevice.newKey();
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            X509Certificate dropped = TestDevice.certificate(device.renew(lost));
            X509Certificate renewed = TestDevice.certificate(device.renew(kept));
            try (Enrolled second = device.device().with(kept, renewed);
                    Enrolled thief = device.device().with(lost, dropped)) {
                assertThat(json(second.get(SELF)).integer("generation")).isEqualTo(2);
                assertThat(problem(thief.get(SELF))).isEqualTo("403 device-locked");
            }
        }
    }

    @Test
    void onlyTheDevicesPortAsksForACertificateAndBothSpeakTls13Alone() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.shownTo(appliance.devicesUrl(), "TLSv1.3")).isEqualTo(device.certificate());
            assertThat(device.shownTo(appliance.url(), "TLSv1.3")).isNull();
            assertThatThrownBy(() -> device.shownTo(appliance.devicesUrl(), "TLSv1.2"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void whatHappensToDevicesIsCounted() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> metrics =
                appliance.get("/metrics", "Authorization", "Bearer " + appliance.token(Set.of(Scope.READ)));
        assertThat(metrics.body())
                .contains("strongroom_devices{state=\"active\"}", "strongroom_device_events_total{event=\"enrolled\"}");
    }
}
