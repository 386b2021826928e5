package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Acceptance;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.StoredObject;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.TestDevice;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A rotation makes a new key-encryption key, too; the start after it wraps everything anew and destroys the one before:
 * people sign in, devices are enrolled, and hidden fields, large values, packs and what is in quarantine open all the same.
 */
class WrappingRotationTest {
    private static final String PASSWORD = "four words of no sense";
    private static final String EMAIL = "john.doe@example.com";
    private static final String FOREIGN = "{\"tenantId\":\"other\",\"source\":{\"id\":\"desk\"},"
            + "\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"A.B\","
            + "\"actor\":{\"type\":\"User\",\"id\":\"u\"},\"resource\":{\"type\":\"R\",\"id\":\"r\"}}";
    private static final byte[] LETTER =
            "a letter that is too long".repeat(4_000).getBytes(UTF_8);

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private String[] options = {};
    private String admin = "";
    private String sender = "";
    private String reader = "";
    private String exporter = "";
    private String secret = "";
    private long step;
    private String waiting = "";
    private String recordId = "";
    private String objectDigest = "";
    private String evidenceRef = "";
    private @Nullable ExportStatus pack;

    private ApplianceFixture started() {
        HidingPolicy policy = HidingPolicy.committing(new Commitment("/attributes/email", Classification.CONFIDENTIAL));
        return ApplianceFixture.start(data, List.of(policy), options).administeredBy(admin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void whatWasWrappedUnderAKeyOpensOnceThatKeyIsGone(String engine) throws Exception {
        data = folder.resolve(engine);
        options = engine.equals("postgres") ? new String[] {"--postgres"} : new String[] {};
        try (ApplianceFixture appliance = started()) {
            prepare(appliance);
            rotate(appliance);
            assertOpen(appliance);
            assertThat(keys()).contains("kek-1.key", "kek-2.key");
        }
        try (ApplianceFixture again = started()) {
            assertThat(keys()).contains("kek-2.key").doesNotContain("kek-1.key");
            assertOpen(again);
            rotate(again);
            assertThat(keys()).contains("kek-2.key", "kek-3.key");
            breakOne(again);
        }
        try (ApplianceFixture again = started()) {
            assertThat(keys())
                    .as("a key is kept under which something does not open")
                    .contains("kek-2.key", "kek-3.key");
            assertThat(again.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private List<String> keys() throws Exception {
        try (var files = Files.list(data.resolve("keys"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("kek-"))
                    .toList();
        }
    }

    private void prepare(ApplianceFixture appliance) throws Exception {
        admin = appliance.adminToken();
        sender = appliance.token(Set.of(Scope.INGEST), "desk");
        reader = appliance.token(Set.of(Scope.READ));
        exporter = appliance.token(Set.of(Scope.EXPORT));
        try (StrongroomClient root = appliance.client(admin);
                StrongroomClient nobody = appliance.client("")) {
            String invitation = String.valueOf(root.users()
                    .invite(new InvitationRequest("ann", "Ann", Set.of(Role.SECURITY_ADMIN), Map.of()))
                    .code());
            secret = nobody.auth().openInvitation(invitation).secret();
            // Each code counts once, and those of the step before and after now as well: enough for all that follows.
            step = TestAuthenticator.stepBefore();
            nobody.auth().accept(new Acceptance(invitation, PASSWORD, TestAuthenticator.code(secret, step)));
        }
        evidenceRef = Json.parseObject(appliance
                        .post(
                                "/api/v1/audit/records",
                                FOREIGN,
                                "Authorization",
                                "Bearer " + sender,
                                "Idempotency-Key",
                                "foreign")
                        .body()
                        .getBytes(UTF_8))
                .text("evidenceRef");
        try (StrongroomClient desk = appliance.client(sender);
                StrongroomClient auditor = appliance.client(exporter)) {
            StoredObject object = desk.uploads().upload(LETTER.length, () -> new ByteArrayInputStream(LETTER));
            objectDigest = object.digest();
            recordId = desk.records()
                    .append(AuditRecord.of("desk", "Letter.Sent", Instant.parse("2026-11-21T01:02:03.004Z"))
                            .sequence(1)
                            .actor("Person", "p1")
                            .resource("Letter", "l1")
                            .attribute("email", EMAIL)
                            .attribute("letter", object.reference())
                            .build())
                    .recordId();
            String id = auditor.exports()
                    .request(new ExportRequest(Selection.where().source("desk").build(), ExportFormat.NDJSON, "audit"))
                    .id();
            pack = auditor.exports().await(id, Duration.ofMinutes(2), status -> {});
        }
    }

    private void rotate(ApplianceFixture appliance) {
        HttpResponse<String> rotated = appliance.post(
                "/api/v1/ledger/keys/rotate",
                "",
                "Authorization",
                "Bearer " + admin,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
    }

    private void assertOpen(ApplianceFixture appliance) throws Exception {
        try (TestDevice.Enrolled device = TestDevice.enrolled(appliance)) {
            assertThat(device.get("/api/v1/device/self").statusCode()).isEqualTo(200);
        }
        try (StrongroomClient nobody = appliance.client("");
                StrongroomClient queries = appliance.client(reader);
                StrongroomClient auditor = appliance.client(exporter)) {
            step = Math.max(step + 1, TestAuthenticator.step() - 1);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> step <= TestAuthenticator.step() + 1);
            String token = nobody.auth()
                    .signIn(new SignInRequest("ann", PASSWORD, TestAuthenticator.code(secret, step)))
                    .accessToken();
            try (StrongroomClient ann = appliance.client(token)) {
                if (waiting.isEmpty()) {
                    waiting = String.valueOf(ann.users()
                            .invite(new InvitationRequest("ben", "Ben", Set.of(Role.AUDIT_READER), Map.of()))
                            .code());
                }
            }
            assertThat(nobody.auth().openInvitation(waiting).officer()).isEqualTo("ben");
            Awaitility.await()
                    .until(() -> queries.records()
                                    .query(RecordQuery.ALL.source("desk"))
                                    .items()
                                    .size()
                            == 1);
            assertThat(String.valueOf(queries.records()
                            .query(RecordQuery.ALL.source("desk"))
                            .items()))
                    .contains(EMAIL);
            Path to = folder.resolve("pack-" + System.nanoTime() + ".zip");
            auditor.exports().download(requireNonNull(pack), to, bytes -> {});
            assertThat(Files.size(to)).isEqualTo(requireNonNull(pack).size());
        }
        HttpResponse<String> letter = appliance.get(
                "/api/v1/audit/objects/" + objectDigest + "?record=" + recordId,
                "Authorization",
                "Bearer " + reader,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(letter.body()).isEqualTo(new String(LETTER, UTF_8));
        HttpResponse<String> foreign = appliance.get(
                "/api/v1/" + evidenceRef, "Authorization", "Bearer " + admin, "X-Tenant-Id", ApplianceFixture.TENANT);
        assertThat(Json.parseObject(foreign.body().getBytes(UTF_8)))
                .isEqualTo(Json.parseObject(FOREIGN.getBytes(UTF_8)));
    }

    /** As a damaged page of the database would. */
    private static void breakOne(ApplianceFixture appliance) {
        appliance.appliance().context().getBean(Database.class).owner(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE data_key SET wrapped = ?")) {
                update.setBytes(1, new byte[60]);
                return update.executeUpdate();
            }
        });
    }
}
