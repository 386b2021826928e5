package io.strongroom.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.BeanContext;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.settings.DataDirectory;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rotation that ends between any two of its steps: the next start finishes it, or is as if it had never begun. */
@Timeout(300)
class InterruptedRotationTest {
    private static final int OLD_KEYS = 4;

    @TempDir
    private Path folder;

    /** What ends a rotation where the test wants it. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private String admin = "";

    private Path data() {
        return folder.resolve("data");
    }

    private ApplianceFixture start() {
        ApplianceFixture appliance = ApplianceFixture.start(data());
        if (!admin.isEmpty()) {
            appliance.administeredBy(admin);
        }
        admin = appliance.adminToken();
        return appliance;
    }

    @Test
    void betweenTheKeyFilesAndTheirIndexNothingHasBegun() throws IOException {
        byte[] index;
        try (ApplianceFixture appliance = start()) {
            index = Files.readAllBytes(data().resolve("keys/index"));
            appliance.appliance().context().getBean(LocalKeys.class).prepareChange();
        }
        Files.write(data().resolve("keys/index"), index);
        Files.delete(data().resolve("keys/log-ed25519-2.key"));
        Files.writeString(data().resolve("keys/.123.new"), "half a file");

        try (ApplianceFixture again = start()) {
            assertWorks(again, OLD_KEYS);
            rotate(again);
            assertWorks(again, 2 * OLD_KEYS);
        }
    }

    @Test
    void betweenTheIndexAndTheDatabaseTheNextStartFinishes() throws IOException {
        try (ApplianceFixture appliance = start()) {
            appliance.appliance().context().getBean(LocalKeys.class).prepareChange();
        }
        assertTheNextStartFinishes();
    }

    @Test
    void beforeTheAnnouncementTheNextStartFinishes() throws IOException {
        try (ApplianceFixture appliance = start()) {
            KeyRotation dying = rotation(appliance, (drafts, rows) -> {
                throw new Death();
            });
            assertThatThrownBy(() -> dying.rotate("ServiceToken", "srm")).isInstanceOf(Death.class);
            assertWorks(appliance, OLD_KEYS);
        }
        assertTheNextStartFinishes();
    }

    @Test
    void betweenTheAnnouncementAndTheNewKeysTheNextStartFinishes() throws IOException {
        try (ApplianceFixture appliance = start()) {
            Ledger ledger = appliance.appliance().context().getBean(Ledger.class);
            KeyRotation dying = rotation(appliance, (drafts, rows) -> {
                ledger.append(drafts).forEach(CompletableFuture::join);
                throw new Death();
            });
            assertThatThrownBy(() -> dying.rotate("ServiceToken", "srm")).isInstanceOf(Death.class);
            assertWorks(appliance, OLD_KEYS);
        }
        assertTheNextStartFinishes();
    }

    @Test
    void betweenTheNewKeysAndTheTrustFileTheNextStartFinishes() throws IOException {
        try (ApplianceFixture appliance = start()) {
            Path before = Files.copy(data().resolve("trust.txt"), folder.resolve("before"));
            rotate(appliance);
            Files.move(before, data().resolve("trust.txt"), StandardCopyOption.REPLACE_EXISTING);
        }
        assertTheNextStartFinishes();
    }

    @Test
    void aLedgerThatTakesNothingNowDoesNotKeepTheApplianceFromStarting() throws IOException {
        try (ApplianceFixture appliance = start()) {
            LocalKeys keys = appliance.appliance().context().getBean(LocalKeys.class);
            keys.prepareChange();
            KeyRotation later = rotation(appliance, (drafts, rows) -> {
                throw new LedgerClosedException("the clock waits for an operator");
            });
            assertThatCode(later::finishWhatWasBegun).doesNotThrowAnyException();
            assertThat(keys.changeIsPending()).isTrue();
            assertWorks(appliance, OLD_KEYS);
        }
        assertTheNextStartFinishes();
    }

    private void assertTheNextStartFinishes() throws IOException {
        try (ApplianceFixture again = start()) {
            assertWorks(again, 2 * OLD_KEYS);
            assertThat(announcements(again)).isNotEmpty();
        }
        try (ApplianceFixture later = start()) {
            assertWorks(later, 2 * OLD_KEYS);
            rotate(later);
            assertWorks(later, 3 * OLD_KEYS);
        }
    }

    private static KeyRotation rotation(ApplianceFixture appliance, Ledger ledger) {
        BeanContext beans = appliance.appliance().context();
        return new KeyRotation(
                beans.getBean(LocalKeys.class),
                beans.getBean(Installation.class),
                beans.getBean(Database.class),
                beans.getBean(DataDirectory.class),
                new SystemTrail(beans.getBean(SystemRecords.class), ledger),
                beans.getBean(InstantSource.class));
    }

    /** Takes a record, covers it with a checkpoint, reads all again, makes a pack: all of it holds under the trust file. */
    private void assertWorks(ApplianceFixture appliance, int publishedKeys) throws IOException {
        String token = appliance.token(Set.of(Scope.INGEST, Scope.READ, Scope.EXPORT), "orders");
        assertThat(json(ask(appliance, token, "/api/v1/ledger/keys")).objects("keys", key -> key))
                .hasSize(publishedKeys);
        TrustFile trust = TrustFile.parse(Files.readAllBytes(data().resolve("trust.txt")));
        assertThat(trust.logKeys().size() + trust.packKeys().size()).isEqualTo(publishedKeys);

        String record =
                "{\"tenantId\":\"acme\",\"source\":{\"id\":\"orders\"},\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
                        + "\"action\":\"A.B\",\"actor\":{\"type\":\"User\",\"id\":\"u\"},\"resource\":{\"type\":\"R\",\"id\":\"r\"}}";
        Json.Obj appended = json(
                tell(appliance, token, "/api/v1/audit/records", record, "Idempotency-Key", token.substring(0, 20)));
        long seq = appended.integer("seq");
        String note = ask(appliance, token, "/api/v1/ledger/checkpoint?minSize=" + (seq + 1))
                .body();
        List<VerifierKey> keys = trust.logKeys();
        assertThat(new CheckpointVerifier(keys, List.of())
                        .verify(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)))
                        .checkpoint()
                        .size())
                .isGreaterThan(seq);
        assertThat(tell(appliance, token, "/api/v1/integrity/verify/range", "{\"fromSeq\":0,\"toSeq\":" + seq + "}")
                        .body())
                .contains("\"verified\":true");
        assertThat(new PackVerifier(trust, Set.of())
                        .verify(pack(appliance, token))
                        .held())
                .isTrue();
    }

    private Path pack(ApplianceFixture appliance, String token) throws IOException {
        String id = json(tell(appliance, token, "/api/v1/exports", "{\"purpose\":\"audit\"}"))
                .text("id");
        String path = "/api/v1/exports/" + id;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> json(ask(appliance, token, path)).text("status").equals("ready"));
        Path file = folder.resolve(id + ".zip");
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(appliance.url().resolve(path + "/content"));
            appliance.client().send(request.headers(headers(token)).build(), HttpResponse.BodyHandlers.ofFile(file));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    private static void rotate(ApplianceFixture appliance) {
        tell(appliance, appliance.adminToken(), "/api/v1/ledger/keys/rotate", "");
    }

    private static HttpResponse<String> ask(ApplianceFixture appliance, String token, String path) {
        return good(appliance.get(path, headers(token)));
    }

    private static HttpResponse<String> tell(
            ApplianceFixture appliance, String token, String path, String body, String... more) {
        List<String> headers = new ArrayList<>(List.of(headers(token)));
        headers.addAll(List.of(more));
        return good(appliance.post(path, body, headers.toArray(String[]::new)));
    }

    private static String[] headers(String token) {
        return new String[] {"Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT};
    }

    private static HttpResponse<String> good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return answer;
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Json.Obj> announcements(ApplianceFixture appliance) {
        LedgerReader reader = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> found = new ArrayList<>();
        reader.read(0, reader.size(), true, row -> {
            byte[] body = row.body();
            if (row.entry().stream().equals("system.keys") && body != null) {
                found.add(Json.parseObject(body));
            }
            return true;
        });
        return found;
    }
}
