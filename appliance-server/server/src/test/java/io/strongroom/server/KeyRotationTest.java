package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    @Test
    void afterARotationOldAndNewKeysAreShownHereAndAfterAnotherStart(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        byte[] shown;
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            TrustFile before = TrustFile.parse(Files.readAllBytes(data.resolve("trust.txt")));
            assertThat(before.logKeys()).hasSize(2);
            HttpResponse<String> rotated = appliance.post(
                    "/api/v1/ledger/keys/rotate",
                    "",
                    "Authorization",
                    "Bearer " + appliance.adminToken(),
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT);
            assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);

            String reader = "Bearer " + appliance.token(Set.of(Scope.READ));
            HttpResponse<String> trust = appliance.get("/api/v1/ledger/trust", "Authorization", reader);
            shown = Files.readAllBytes(data.resolve("trust.txt"));
            assertThat(trust.body()).isEqualTo(new String(shown, StandardCharsets.UTF_8));
            TrustFile after = TrustFile.parse(shown);
            assertThat(after.logKeys()).hasSize(4).containsAll(before.logKeys());
            assertThat(after.packKeys()).hasSize(4);
            assertThat(after.packKeys().stream().filter(key -> key.validity().until() == null))
                    .hasSize(2);

            List<Json.Obj> keys = Json.parseObject(appliance
                            .get("/api/v1/ledger/keys", "Authorization", reader)
                            .body()
                            .getBytes(StandardCharsets.UTF_8))
                    .objects("keys", key -> key);
            assertThat(keys).hasSize(8);
        }
        try (ApplianceFixture again = ApplianceFixture.start(data)) {
            assertThat(again.data().resolve("trust.txt")).hasBinaryContent(shown);
        }
    }

    @Test
    void onlyAnAdministratorRotates(@TempDir Path folder) {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            HttpResponse<String> refused = appliance.post(
                    "/api/v1/ledger/keys/rotate",
                    "",
                    "Authorization",
                    "Bearer " + appliance.token(Set.of(Scope.READ, Scope.EXPORT)),
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT);
            assertThat(refused.statusCode()).isEqualTo(403);
        }
    }
}
