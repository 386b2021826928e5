package io.strongroom.server.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Scope;
import io.strongroom.api.WitnessOffer;
import io.strongroom.api.WitnessPossession;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.Cosignatures;
import io.strongroom.server.ledger.FullCheckpoints;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.StoredCheckpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices are shown of the log, and what becomes of their cosignatures. */
class WitnessOverHttpTest {
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

    private static <T> T bean(Class<T> type) {
        return appliance.appliance().context().getBean(type);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static WitnessOffer offer(Enrolled device) {
        return WitnessOffer.fromJson(json(device.get("/api/v1/device/log")));
    }

    private static StoredCheckpoint full() throws InterruptedException {
        return bean(Checkpoints.class).forPack();
    }

    private static SignedNote shown(Enrolled device) {
        return SignedNote.parse(String.valueOf(offer(device).checkpoint()));
    }

    /** A device that cosigns, with its key. */
    private record Signing(Enrolled device, NoteSigner signer) implements AutoCloseable {
        private static Signing enrolled() {
            Enrolled device = TestDevice.enrolled(appliance);
            SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
            byte[] signature = new WitnessPossession(offer(device).origin(), device.id()).sign(key);
            String body = Json.object()
                    .put(
                            "publicKey",
                            Base64.getEncoder()
                                    .encodeToString(key.verifyingKey().spki()))
                    .put("signature", Base64.getEncoder().encodeToString(signature))
                    .build()
                    .toString();
            assertThat(device.send(
                                    "/api/v1/device/witness-key",
                                    HttpRequest.newBuilder()
                                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                                            .header("Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(204);
            return new Signing(device, NoteSigner.ed25519Cosigner(device.id(), key, Clock.systemUTC()));
        }

        private int post(SignedNote note) {
            return device.send(
                            "/api/v1/device/log/cosignatures",
                            HttpRequest.newBuilder()
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(note.bytes()))
                                    .header("Content-Type", "text/plain"))
                    .statusCode();
        }

        private int cosign(SignedNote note) {
            return post(SignedNote.sign(note.text(), signer));
        }

        @Override
        public void close() {
            device.close();
        }
    }

    @Test
    void aDeviceSeesWhatAWitnessNeedsAndNothingOfWhatIsInTheLog() throws Exception {
        StoredCheckpoint full = full();
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            WitnessOffer offer = offer(device);
            CheckpointVerifier verifier = new CheckpointVerifier(
                    offer.keys().stream().map(VerifierKey::parse).toList(), List.of());
            SignedNote shown = shown(device);
            assertThat(verifier.verify(shown).checkpoint().size()).isGreaterThanOrEqualTo(full.size());
            assertThat(device.get("/log/checkpoint").statusCode()).isEqualTo(200);
            assertThat(device.get("/log/tile/0/000.p/1").statusCode()).isEqualTo(200);
            assertThat(device.get("/api/v1/ledger/consistency?from=1&to=" + full.size())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(device.get("/log/tile/entries/000.p/1").statusCode()).isEqualTo(404);
            assertThat(device.get("/api/v1/ledger/keys").statusCode()).isEqualTo(404);
        }
        String reader = appliance.token(Set.of(Scope.READ));
        assertThat(appliance
                        .get("/api/v1/device/log", "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatADeviceCosignedIsInProofsAndPacksAndVerifies() throws Exception {
        try (Signing one = Signing.enrolled();
                Signing two = Signing.enrolled()) {
            long size = full().size();
            SignedNote checkpoint = shown(one.device());
            assertThat(one.cosign(checkpoint)).isEqualTo(204);
            assertThat(one.cosign(checkpoint)).as("once more").isEqualTo(204);
            assertThat(two.cosign(checkpoint)).isEqualTo(204);

            String reader = appliance.token(Set.of(Scope.READ, Scope.EXPORT));
            String[] headers = {"Authorization", "Bearer " + reader, "X-Tenant-Id", ApplianceFixture.TENANT};
            String lines = appliance.get("/api/v1/ledger/witnesses", headers).body();
            assertThat(lines)
                    .contains(
                            "witness " + one.device().id(),
                            "fleet " + two.device().id());
            String own = Files.readString(folder.resolve("data/trust.txt"));
            TrustFile trust = TrustFile.parse((own.replace(
                            "quorum none",
                            lines + "group fleet-of-two 2 " + one.device().id() + " "
                                    + two.device().id() + "\nquorum fleet-of-two"))
                    .getBytes(UTF_8));

            // The newest checkpoint has gone on since, and a proof takes the one that was witnessed.
            long seq = Checkpoint.parseText(checkpoint.text()).size() - 1;
            String path = "/api/v1/ledger/proof/"
                    + bean(LedgerReader.class).find(seq).orElseThrow().entry().id();
            await().until(() -> appliance.get(path, headers).statusCode() == 200);
            HttpResponse<String> proof = appliance.get(path, headers);
            TlogProof parsed = TlogProof.parse(proof.body().getBytes(UTF_8));
            assertThat(parsed.checkpoint().text()).isEqualTo(checkpoint.text());
            assertThat(parsed.checkpoint()
                            .verifiedBy(List.of(
                                    one.signer().verifierKey(), two.signer().verifierKey())))
                    .hasSize(2);

            Ladder ladder =
                    pack("{\"purpose\":\"audit\",\"selection\":{\"toSeq\":" + (size - 1) + "}}", headers, trust);
            assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
            assertThat(ladder.findings()).anySatisfy(finding -> assertThat(finding)
                    .matches(each -> each.kind() == Finding.Kind.WITNESSED && each.held()));
            Ladder whole = pack("{\"purpose\":\"audit\"}", headers, trust);
            assertThat(whole.exitCode()).as("nobody has seen the newest yet").isNotZero();
        }
    }

    private static Ladder pack(String request, String[] headers, TrustFile trust) throws Exception {
        String id = json(appliance.post("/api/v1/exports", request, headers)).text("id");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ExportStatus.fromJson(json(appliance.get("/api/v1/exports/" + id, headers)))
                                .status()
                        == ExportState.READY);
        Path file = folder.resolve(id + ".zip");
        assertThat(appliance
                        .client()
                        .send(
                                HttpRequest.newBuilder(appliance.url().resolve("/api/v1/exports/" + id + "/content"))
                                        .headers(headers)
                                        .build(),
                                BodyHandlers.ofFile(file))
                        .statusCode())
                .isEqualTo(200);
        return new PackVerifier(trust, Set.of()).verify(file);
    }

    @Test
    void whatIsNoCosignatureOfThisDeviceOrOfThisLogIsRefused() throws Exception {
        StoredCheckpoint full = full();
        try (Signing one = Signing.enrolled();
                Signing other = Signing.enrolled();
                Enrolled without = TestDevice.enrolled(appliance)) {
            SignedNote checkpoint = shown(one.device());
            assertThat(one.post(SignedNote.sign(checkpoint.text(), other.signer())))
                    .isEqualTo(400);
            SignedNote lie =
                    new Checkpoint(offer(one.device()).origin(), full.size() + 1_000, full.root()).sign(one.signer());
            assertThat(one.post(lie)).isEqualTo(404);
            SignedNote fork = new Checkpoint(
                            offer(one.device()).origin(),
                            Checkpoint.parseText(checkpoint.text()).size(),
                            io.strongroom.evidence.Digest.of(new byte[1]))
                    .sign(one.signer());
            assertThat(one.post(fork)).isEqualTo(404);
            assertThat(new Signing(without, one.signer()).cosign(checkpoint)).isEqualTo(409);
            assertThat(one.device()
                            .send(
                                    "/api/v1/device/log/cosignatures",
                                    HttpRequest.newBuilder()
                                            .POST(HttpRequest.BodyPublishers.ofString("rubbish"))
                                            .header("Content-Type", "text/plain"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aCheckpointKeepsABoundedNumberOfWitnesses() throws Exception {
        StoredCheckpoint full = full();
        CosignatureTable table = bean(CosignatureTable.class);
        for (int i = 0; i < CosignatureTable.MOST; i++) {
            table.keep(full.size(), "dev-of-another-time-" + i, new byte[72]);
        }
        try (Signing late = Signing.enrolled()) {
            assertThat(late.cosign(SignedNote.parse(full.note()))).isEqualTo(204);
            StoredCheckpoint again =
                    bean(FullCheckpoints.class).find(full.size()).orElseThrow();
            // And what does not verify is not given out: it would have the whole note refused.
            assertThat(bean(Cosignatures.class).on(again)).isEqualTo(SignedNote.parse(full.note()));
        }
    }
}
