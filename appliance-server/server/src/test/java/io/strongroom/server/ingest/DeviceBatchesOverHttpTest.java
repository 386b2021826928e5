package io.strongroom.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.BatchAck;
import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Page;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ingest.SigningDevice.Sent;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.SealedDisclosures;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that was enrolled sends what it signs, over its own port. */
class DeviceBatchesOverHttpTest {
    private static final String BATCHES = "/api/v1/device/batches";

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

    private static SigningDevice signing(Enrolled device) {
        return new SigningDevice(device.id(), device.key());
    }

    private static HttpRequest.Builder batch(byte[] frame) {
        return HttpRequest.newBuilder()
                .header("Content-Type", BatchLayout.MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(frame));
    }

    private static HttpResponse<String> send(Enrolled device, byte[] frame) {
        return device.send(BATCHES, batch(frame));
    }

    private static BatchAck answered(Enrolled device, Sent batch) {
        HttpResponse<String> answer = send(device, batch.frame());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BatchAck.fromJson(json(answer));
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).text("code");
    }

    private static LedgerReader ledger() {
        return appliance.appliance().context().getBean(LedgerReader.class);
    }

    private static List<Row> records(Enrolled device) {
        List<Row> rows = new ArrayList<>();
        ledger().read(0, ledger().size(), true, row -> {
            if (row.entry().source().equals(device.id())) {
                rows.add(row);
            }
            return true;
        });
        return rows;
    }

    @Test
    void aBatchIsAnsweredOnceEachOfItsLinesIsARecordOrInQuarantine() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            SigningDevice signing = signing(device).compressing();
            Sent batch = signing.batch(List.of(signing.line(0), "no json", signing.line(2)));

            BatchAck ack = answered(device, batch);

            assertThat(ack.durableThrough()).isEqualTo(2);
            assertThat(ack.rejected()).containsExactly(new Rejected(1, "malformed-json"));
            assertThat(ack.window()).isEqualTo(DeviceBatches.WINDOW);
            assertThat(ack.checkpoint()).contains("/acme/");
            List<Row> rows = records(device);
            assertThat(rows).hasSize(2);
            for (Row row : rows) {
                Entry entry = row.entry();
                assertThat(entry.stream()).isEqualTo("audit.host");
                assertThat(entry.sourceSeq()).isNull();
                Json.Obj stored = Json.parseObject(requireNonNull(row.body()));
                assertThat(stored.object("batch").text("digest"))
                        .isEqualTo(batch.digest().toString());
                assertThat(ledger().disclosures(entry.seq()))
                        .extracting(SealedDisclosures::classification)
                        .containsExactly(SealedDisclosures.LINE);
            }
            assertThat(quarantined(device)).containsExactly("malformed-json");
            assertThat(answered(device, batch).rejected()).isEqualTo(ack.rejected());
            assertThat(records(device)).hasSize(2);
            assertThat(quarantined(device)).hasSize(1);
        }
    }

    private static HttpResponse<String> bring(String device, byte[] frame) {
        return appliance.send(
                batch(frame),
                "/api/v1/devices/" + device + "/import",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    @Test
    void whatARevokedDeviceHadNotSentIsBroughtByAnOfficerAndItsRecordsSaySo() {
        try (Enrolled device = TestDevice.enrolled(appliance);
                Enrolled other = TestDevice.enrolled(appliance)) {
            long now = Instant.now().getEpochSecond();
            SigningDevice signing = signing(device).signingAt(now);
            assertThat(answered(device, signing.batch(2)).durableThrough()).isEqualTo(1);
            Sent kept = signing.batch(3);
            Sent last = signing.batch(1);
            assertThat(problem(bring(device.id(), kept.frame()))).isEqualTo("409 device-conflict");
            revoke(device);
            assertThat(problem(send(device, kept.frame()))).isEqualTo("403 device-revoked");

            assertThat(problem(bring(device.id(), last.frame()))).isEqualTo("409 batch-out-of-order");
            HttpResponse<String> taken = bring(device.id(), kept.frame());
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
            assertThat(bring(device.id(), kept.frame()).statusCode())
                    .as("once more")
                    .isEqualTo(200);
            assertThat(bring(device.id(), last.frame()).statusCode()).isEqualTo(200);

            assertThat(records(device))
                    .extracting(row -> Json.parseObject(requireNonNull(row.body()))
                            .object("batch")
                            .get("afterRevocation"))
                    .containsExactly(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Json.of(true)),
                            Optional.of(Json.of(true)),
                            Optional.of(Json.of(true)),
                            Optional.of(Json.of(true)));

            try (StrongroomClient reader = appliance.client(appliance.token(Set.of(Scope.READ)))) {
                Page<DeviceBatch> listed = reader.devices().batches(device.id(), null);
                assertThat(listed.next()).isNull();
                assertThat(listed.items())
                        .extracting(each -> each.first() + "-" + each.last() + " " + each.transport() + " "
                                + each.records() + " of " + each.settled())
                        .containsExactlyInAnyOrder("0-1 https 2 of 2", "2-4 import 3 of 3", "5-5 import 1 of 1");
                assertThat(listed.items())
                        .extracting(DeviceBatch::digest)
                        .contains(kept.digest().toString());
            }

            Sent late =
                    signing.signingAt(now + Duration.ofDays(4_000).toSeconds()).batch(1);
            assertThat(problem(bring(device.id(), late.frame()))).isEqualTo("422 batch-signature");
            revoke(other);
            assertThat(problem(bring(
                            other.id(), signing(device).signingAt(now).batch(1).frame())))
                    .as("another's key")
                    .isEqualTo("422 batch-signature");
            assertThat(problem(bring(device.id(), new byte[] {0, 1, 2}))).isEqualTo("400 malformed-batch");
            assertThat(problem(bring("dev-nobody", kept.frame()))).isEqualTo("404 not-found");
        }
    }

    private static void revoke(Enrolled device) {
        HttpResponse<String> answer = appliance.post(
                "/api/v1/devices/" + device.id() + "/revoke",
                "",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static List<String> quarantined(Enrolled device) {
        HttpResponse<String> answer = appliance.get(
                "/api/v1/quarantine",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).objects("items", item -> item).stream()
                .filter(item -> item.text("caller").equals(device.id()))
                .map(item -> item.text("reason"))
                .toList();
    }

    @Test
    void whatDoesNotFitIsToldAsAProblem() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            SigningDevice signing = signing(device);
            Sent first = signing.batch(2);
            Sent second = signing.batch(2);
            HttpResponse<String> early = send(device, second.frame());
            assertThat(problem(early)).isEqualTo("409 batch-out-of-order");
            assertThat(json(early).integer("expected")).isZero();
            answered(device, first);
            assertThat(answered(device, second).durableThrough()).isEqualTo(3);
            Sent other = signing.sign(List.of(signing.line(0)), 0, Digest.ZERO);
            assertThat(problem(send(device, other.frame()))).isEqualTo("422 batch-conflict");
            SigningDevice stranger = new SigningDevice(device.id(), TestDevice.newKey());
            assertThat(problem(send(device, stranger.batch(1).frame()))).isEqualTo("422 batch-signature");
            assertThat(problem(send(device, new byte[] {1, 2, 3}))).isEqualTo("400 malformed-batch");
            assertThat(problem(send(device, new byte[BatchLayout.MOST_BYTES + 1])))
                    .isEqualTo("413 batch-too-large");
            assertThat(problem(
                            device.send(BATCHES, batch(first.frame()).setHeader("Content-Type", "application/json"))))
                    .isEqualTo("415 unsupported-media-type");
            assertThat(records(device)).hasSize(4);
        }
    }

    @Test
    void aDeviceSendsForItselfAloneAndOverItsOwnPortAlone() {
        try (Enrolled device = TestDevice.enrolled(appliance);
                Enrolled other = TestDevice.enrolled(appliance)) {
            Sent batch = signing(device).batch(1);
            assertThat(problem(send(other, batch.frame()))).isEqualTo("403 source-not-allowed");
            assertThat(problem(appliance.send(
                            batch(batch.frame()), BATCHES, "Authorization", "Bearer " + appliance.adminToken())))
                    .isEqualTo("404 not-found");
            assertThat(answered(device, batch).durableThrough()).isZero();
        }
    }

    @Test
    void aPackHoldsTheBatchAndTheKeyThatSignedItAndTheVerifierChecksThem() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StrongroomClient auditor = appliance.client(appliance.token(Set.of(Scope.EXPORT)))) {
            SigningDevice signing = signing(device);
            answered(device, signing.batch(3));
            answered(device, signing.batch(2));
            Selection selection = Selection.where().source(device.id()).build();

            ExportStatus asked =
                    auditor.exports().request(new ExportRequest(selection, ExportFormat.NDJSON, "yearly audit"));
            ExportStatus ready = auditor.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
            Path pack = folder.resolve("pack.zip");
            auditor.exports().download(ready, pack, bytes -> {});

            byte[] trust = Files.readAllBytes(appliance.data().resolve("trust.txt"));
            Ladder ladder = new PackVerifier(TrustFile.parse(trust), Set.of()).verify(pack);
            assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
            assertThat(ladder.facts().records()).isEqualTo(5);
            assertThat(ladder.facts().batches()).isEqualTo(new PackFacts.Batches(5, 0));
        }
    }

    @Test
    void aRevokedDeviceIsCutOffFromItsNextBatchOn() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            SigningDevice signing = signing(device);
            answered(device, signing.batch(1));
            HttpResponse<String> revoked = appliance.post(
                    "/api/v1/devices/" + device.id() + "/revoke",
                    "",
                    "Authorization",
                    "Bearer " + appliance.adminToken(),
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT);
            assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);

            assertThat(problem(send(device, signing.batch(1).frame()))).isEqualTo("403 device-revoked");
            assertThat(records(device)).hasSize(1);
        }
    }
}
