package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.server.keys.SigningKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log, its proofs and the verification of what is stored, seen from outside over TLS. */
final class LogTest {
    private static ApplianceFixture appliance;
    private static String sender;
    private static String reader;
    private static final List<Json.Obj> ACKNOWLEDGED = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        appliance = ApplianceFixture.start(folder.resolve("data"));
        sender = "Bearer " + appliance.token(Set.of(Scope.INGEST), "app");
        reader = "Bearer " + appliance.token(Set.of(Scope.READ));
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = appliance.post(
                    "/api/v1/audit/records",
                    "{\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Door.Opened\",\"source\":{\"id\":\"app\"},"
                            + "\"actor\":{\"type\":\"User\",\"id\":\"u1\"},\"resource\":{\"type\":\"Door\",\"id\":\"d1\"}}",
                    "Authorization",
                    sender,
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT,
                    "Idempotency-Key",
                    "key-" + i);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            ACKNOWLEDGED.add(json(answer));
        }
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path) {
        return appliance.get(path, "Authorization", reader, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private static HttpResponse<byte[]> bytes(String path, String token) throws IOException, InterruptedException {
        return appliance
                .client()
                .send(
                        HttpRequest.newBuilder(appliance.url().resolve(path))
                                .header("Authorization", token)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static long lastSeq() {
        return ACKNOWLEDGED.getLast().integer("seq");
    }

    private static CheckpointVerifier verifier() {
        SigningKeys keys = appliance.appliance().context().getBean(SigningKeys.class);
        return new CheckpointVerifier(
                keys.published().stream()
                        .map(SigningKeys.PublishedKey::vkey)
                        .filter(Objects::nonNull)
                        .map(VerifierKey::parse)
                        .toList(),
                List.of());
    }

    private static String checkpointOf(long size) {
        HttpResponse<String> answer = get("/api/v1/ledger/checkpoint?minSize=" + size);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Long.parseLong(answer.body().lines().skip(1).findFirst().orElseThrow()))
                .isGreaterThanOrEqualTo(size);
        return answer.body();
    }

    @Test
    void theCheckpointIsATextThatVerifiesAndIsNotKeptByCaches() {
        checkpointOf(lastSeq() + 1);

        HttpResponse<String> answer = get("/log/checkpoint");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=1");
        assertThat(verifier()
                        .verify(SignedNote.parse(answer.body()))
                        .checkpoint()
                        .size())
                .isGreaterThan(lastSeq());
    }

    @Test
    void aRecordIsProvenByAProofFileThatVerifies() {
        checkpointOf(lastSeq() + 1);
        for (Json.Obj acknowledged : ACKNOWLEDGED) {
            HttpResponse<String> answer = get("/api/v1/ledger/proof/" + acknowledged.text("recordId"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            TlogProof proof = TlogProof.parse(answer.body().getBytes(StandardCharsets.UTF_8));
            byte[] leafData = proof.leafData().orElseThrow();
            assertThat(proof.index()).isEqualTo(acknowledged.integer("seq"));
            assertThat(new String(leafData, StandardCharsets.UTF_8)).contains(acknowledged.text("recordDigest"));
            assertThat(proof.verify(Rfc9162.leaf(leafData), verifier())
                            .checkpoint()
                            .size())
                    .isGreaterThan(acknowledged.integer("seq"));
        }
    }

    @Test
    void aRecordThatDoesNotExistIs404AndAMalformedIdIs400() {
        assertThat(get("/api/v1/ledger/proof/01J00000000000000000000000").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v1/ledger/proof/nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void partialTilesAndEntriesMatchTheCheckpoint() throws Exception {
        String note = checkpointOf(lastSeq() + 1);
        long size = SignedNote.parse(note)
                .text()
                .lines()
                .skip(1)
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();

        HttpResponse<byte[]> tile = bytes("/log/tile/0/000.p/" + size, sender);
        HttpResponse<byte[]> entries = bytes("/log/tile/entries/000.p/" + size, reader);

        assertThat(tile.statusCode()).isEqualTo(200);
        assertThat(tile.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(tile.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        List<byte[]> lines = EntryBundle.parse(entries.body());
        assertThat(lines).hasSize((int) size);
        for (int i = 0; i < size; i++) {
            assertThat(Rfc9162.leaf(lines.get(i))).isEqualTo(Digest.ofBytes(tile.body(), 32 * i));
        }
    }

    @Test
    void entriesNeedTheScopeToReadAndTilesAnyToken() throws Exception {
        checkpointOf(lastSeq() + 1);

        assertThat(bytes("/log/tile/entries/000.p/1", sender).statusCode()).isEqualTo(403);
        assertThat(bytes("/log/tile/0/000.p/1", sender).statusCode()).isEqualTo(200);
        assertThat(bytes("/log/tile/0/000.p/1", "Bearer srm_nobody").statusCode())
                .isEqualTo(401);
    }

    @Test
    void tilesThatAreNotThereAre404() {
        for (String path : List.of(
                "/log/tile/0/000",
                "/log/tile/0/000.p/256",
                "/log/tile/0/000.p/0",
                "/log/tile/0/x000/001",
                "/log/tile/64/000",
                "/log/tile/entries/001",
                "/log/tile/0/..%2f..%2fsecret")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void twoSizesAreProvenConsistent() {
        checkpointOf(lastSeq() + 1);
        HttpResponse<String> answer = get("/api/v1/ledger/consistency?from=2&to=4");

        Json.Obj proof = json(answer);
        List<Digest> hashes =
                proof.texts("hashes").stream().map(LogTest::digest).toList();

        assertThat(new ConsistencyProof(2, 4, hashes)
                        .verifies(digest(proof.text("fromRoot")), digest(proof.text("toRoot"))))
                .isTrue();
        assertThat(get("/api/v1/ledger/consistency?from=4&to=2").statusCode()).isEqualTo(400);
        HttpResponse<String> early = get("/api/v1/ledger/consistency?from=0&to=1000000");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).text("code")).isEqualTo("not-yet-provable");
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
    }

    private static Digest digest(String base64) {
        return Digest.ofBytes(Base64.getDecoder().decode(base64));
    }

    @Test
    void theStoredBytesOfARecordAndARangeVerify() {
        checkpointOf(lastSeq() + 1);
        HttpResponse<String> record = verify(
                "record",
                Json.object()
                        .put("recordId", ACKNOWLEDGED.getFirst().text("recordId"))
                        .build());
        HttpResponse<String> range = verify(
                "range", Json.object().put("fromSeq", 0).put("toSeq", lastSeq()).build());

        assertThat(record.body()).contains("\"verified\":true").contains("\"entries\":1");
        assertThat(range.body()).contains("\"verified\":true").contains("\"entries\":" + (lastSeq() + 1));
        assertThat(verify(
                                "range",
                                Json.object()
                                        .put("fromSeq", 0)
                                        .put("toSeq", 999_999)
                                        .build())
                        .statusCode())
                .isEqualTo(409);
        assertThat(verify(
                                "range",
                                Json.object().put("fromSeq", 3).put("toSeq", 1).build())
                        .statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> verify(String what, Json.Obj body) {
        return appliance.post(
                "/api/v1/integrity/verify/" + what,
                body.toString(),
                "Authorization",
                reader,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    @Test
    void aClockThatIsRightNeedsNoConfirmation() {
        HttpResponse<String> answer = appliance.post(
                "/api/v1/ledger/clock/confirm",
                "",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);

        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
