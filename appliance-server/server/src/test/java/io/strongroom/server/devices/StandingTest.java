package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.WitnessPossession;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.TestPeople;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.keys.Installation;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What officers decide about devices counts from the next request on, whatever connection it comes by. */
class StandingTest {
    private static final String SELF = "/api/v1/device/self";

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;
    private static String officer;
    private static String reader;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"));
        officer = TestPeople.joined(appliance, appliance.adminToken(), "ann", Role.SECURITY_ADMIN);
        reader = TestPeople.joined(appliance, officer, "bob", Role.AUDIT_READER);
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static HttpResponse<String> ask(String who, String method, String path, String body) {
        return appliance.send(
                HttpRequest.newBuilder()
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json"),
                path,
                "Authorization",
                "Bearer " + who,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    private static Json.Obj decide(Enrolled device, String what) {
        HttpResponse<String> answer = ask(officer, "POST", "/api/v1/devices/" + device.id() + "/" + what, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).text("code");
    }

    @Test
    void aRevokedDeviceIsRefusedOnTheConnectionThatItHas() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
            assertThat(decide(device, "revoke").text("state")).isEqualTo("revoked");
            assertThat(problem(device.get(SELF))).isEqualTo("403 device-revoked");
            assertThat(problem(device.renew(TestDevice.newKey()))).isEqualTo("403 device-revoked");
            try (Enrolled again = device.anew()) {
                assertThat(problem(again.get(SELF))).isEqualTo("403 device-revoked");
            }
            assertThat(problem(ask(officer, "POST", "/api/v1/devices/" + device.id() + "/unlock", "")))
                    .isEqualTo("409 device-conflict");
        }
    }

    @Test
    void aRevokedDeviceIsRefusedInAResumedSession() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            SSLContext tls = device.client().sslContext();
            byte[] first = said(tls);
            assertThat(new String(first, UTF_8)).contains("HTTP/1.1 200").contains(device.id());
            long begun = sessions(tls);
            decide(device, "revoke");
            assertThat(new String(said(tls), UTF_8)).contains("HTTP/1.1 403").contains("device-revoked");
            assertThat(sessions(tls))
                    .as("the session went on, no new handshake")
                    .isEqualTo(begun);
        }
    }

    /** When the newest session of this context began. */
    private static long sessions(SSLContext tls) {
        long newest = 0;
        var ids = tls.getClientSessionContext().getIds();
        while (ids.hasMoreElements()) {
            var session = tls.getClientSessionContext().getSession(ids.nextElement());
            newest = session == null ? newest : Math.max(newest, session.getCreationTime());
        }
        return newest;
    }

    /** A request on a connection of its own, to its end. */
    private static byte[] said(SSLContext tls) throws Exception {
        try (Socket socket = tls.getSocketFactory()
                .createSocket(
                        appliance.devicesUrl().getHost(), appliance.devicesUrl().getPort())) {
            ((SSLSocket) socket).startHandshake();
            socket.getOutputStream()
                    .write(("GET " + SELF + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void aLockedDeviceComesBackWhenAnOfficerUnlocksIt() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
            decide(device, "lock");
            assertThat(problem(device.get(SELF))).isEqualTo("403 device-locked");
            decide(device, "unlock");
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whereAnOfficerHasToApproveTheDeviceAsksAgainUntilThen() {
        assertThat(ask(officer, "PUT", "/api/v1/devices/groups/careful", "{\"approval\":true}")
                        .statusCode())
                .isEqualTo(200);
        TestDevice device = TestDevice.at(appliance);
        String code = TestDevice.code(appliance, "careful");
        KeyPair key = TestDevice.newKey();
        HttpResponse<String> waiting = device.enrol(code, key);
        assertThat(waiting.statusCode()).isEqualTo(202);
        assertThat(waiting.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(device.enrol(code, key).statusCode()).isEqualTo(202);
        List<Json.Obj> pending = json(ask(officer, "GET", "/api/v1/devices?state=pending&group=careful", ""))
                .objects("items", item -> item);
        assertThat(pending).hasSize(1);
        String id = pending.getFirst().text("id");
        assertThat(ask(officer, "POST", "/api/v1/devices/" + id + "/approve", "")
                        .statusCode())
                .isEqualTo(200);
        try (Enrolled enrolled = device.with(key, TestDevice.certificate(device.enrol(code, key)))) {
            assertThat(enrolled.id()).isEqualTo(id);
            assertThat(enrolled.get(SELF).statusCode()).isEqualTo(200);
        }

        String second = TestDevice.code(appliance, "careful");
        KeyPair refused = TestDevice.newKey();
        assertThat(device.enrol(second, refused).statusCode()).isEqualTo(202);
        String other = json(ask(officer, "GET", "/api/v1/devices?state=pending&group=careful", ""))
                .objects("items", item -> item.text("id"))
                .getFirst();
        assertThat(ask(officer, "POST", "/api/v1/devices/" + other + "/refuse", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(problem(device.enrol(second, refused))).isEqualTo("403 enrolment-refused");
    }

    @Test
    void whoMayNotManageDevicesMayNot() {
        assertThat(problem(ask(reader, "GET", "/api/v1/devices", ""))).isEqualTo("403 forbidden");
        assertThat(problem(ask(reader, "POST", "/api/v1/devices/tokens", "{\"label\":\"x\"}")))
                .isEqualTo("403 forbidden");
    }

    @Test
    void aCodeEndsWithTheAccountOfWhoeverMadeIt() {
        String eve = TestPeople.joined(appliance, officer, "eve", Role.SECURITY_ADMIN);
        HttpResponse<String> made = ask(eve, "POST", "/api/v1/devices/tokens", "{\"label\":\"hers\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(ask(officer, "POST", "/api/v1/users/eve/disable", "").statusCode())
                .isEqualTo(200);
        assertThat(problem(TestDevice.at(appliance).enrol(json(made).text("code"), TestDevice.newKey())))
                .isEqualTo("403 enrolment-refused");
    }

    @Test
    void theRevocationListNamesWhoIsShutOutAndIsSignedByTheAuthority() throws Exception {
        try (Enrolled revoked = TestDevice.enrolled(appliance);
                Enrolled fine = TestDevice.enrolled(appliance);
                Enrolled current = TestDevice.enrolled(appliance)) {
            KeyPair next = TestDevice.newKey();
            try (Enrolled renewed = fine.device().with(next, TestDevice.certificate(fine.renew(next)))) {
                assertThat(renewed.get(SELF).statusCode()).isEqualTo(200);
            }
            decide(revoked, "revoke");
            HttpResponse<byte[]> answer = appliance
                    .client()
                    .send(
                            HttpRequest.newBuilder(appliance.url().resolve("/pki/devices.crl"))
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pkix-crl");
            X509CRL list = (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(answer.body()));
            X509Certificate authority = TestDevice.certificates(
                            revoked.device().get("/.well-known/est/cacerts").body())
                    .getLast();
            list.verify(authority.getPublicKey());
            assertThat(list.getRevokedCertificate(revoked.certificate()).getRevocationReason())
                    .isEqualTo(CRLReason.PRIVILEGE_WITHDRAWN);
            assertThat(list.getRevokedCertificate(fine.certificate()).getRevocationReason())
                    .isEqualTo(CRLReason.SUPERSEDED);
            assertThat(list.isRevoked(current.certificate())).isFalse();
            assertThat(revoked.device().get("/pki/devices.crl").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDeviceBindsOneWitnessKeyBySigningWithIt() {
        String origin = appliance
                .appliance()
                .context()
                .getBean(Installation.class)
                .origin()
                .value();
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            SigningKey witness = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
            WitnessPossession statement = new WitnessPossession(origin, device.id());
            assertThat(bind(device, witness, new WitnessPossession(origin, "dev-another").sign(witness)))
                    .isEqualTo(400);
            assertThat(bind(device, witness, statement.sign(witness))).isEqualTo(204);
            assertThat(bind(device, witness, statement.sign(witness))).isEqualTo(204);
            assertThat(json(device.get(SELF)).text("witnessKey"))
                    .isEqualTo(witness.verifyingKey().id().toString());
            SigningKey other = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
            assertThat(bind(device, other, statement.sign(other))).isEqualTo(409);
        }
    }

    private static int bind(Enrolled device, SigningKey key, byte[] signature) {
        String body = Json.object()
                .put(
                        "publicKey",
                        Base64.getEncoder().encodeToString(key.verifyingKey().spki()))
                .put("signature", Base64.getEncoder().encodeToString(signature))
                .build()
                .toString();
        return device.send(
                        "/api/v1/device/witness-key",
                        HttpRequest.newBuilder()
                                .PUT(HttpRequest.BodyPublishers.ofString(body))
                                .header("Content-Type", "application/json"))
                .statusCode();
    }

    @Test
    void everyActStandsInTheLedger() {
        String token = appliance.token(Set.of(Scope.READ));
        try (Enrolled device = TestDevice.enrolled(appliance);
                StrongroomClient auditor = appliance.client(token)) {
            assertThat(device.get(SELF).statusCode()).isEqualTo(200);
            decide(device, "lock");
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(auditor.records()
                            .query(RecordQuery.ALL.stream("system.devices").resource(device.id()))
                            .items())
                    .extracting(item -> item.record().text("action"))
                    .containsExactlyInAnyOrder("Device.Enrolled", "Device.GenerationUsed", "Device.Locked"));
        }
    }
}
