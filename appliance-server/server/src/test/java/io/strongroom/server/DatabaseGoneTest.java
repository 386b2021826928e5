package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL that the appliance started ends under it; nobody is there to start anything. */
class DatabaseGoneTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void itIsStartedAgainAndNothingAcknowledgedIsLost() throws Exception {
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data, "--postgres")) {
            String token = appliance.token(Set.of(Scope.INGEST, Scope.READ), "orders");
            HttpResponse<String> before = append(appliance, token, 0);
            assertThat(before.statusCode()).as(before.body()).isEqualTo(201);

            Path pid = data.resolve("postgres/data/postmaster.pid");
            ProcessHandle server = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).getFirst()))
                    .orElseThrow();
            assertThat(server.destroyForcibly()).isTrue();
            server.onExit().join();
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            appliance.get("/health/ready").statusCode())
                    .isEqualTo(200));
            HttpResponse<String> after = append(appliance, token, 1);
            assertThat(after.statusCode()).as(after.body()).isEqualTo(201);
            HttpResponse<String> again = append(appliance, token, 0);
            assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(before.body());
        }
    }

    private static HttpResponse<String> append(ApplianceFixture appliance, String token, int number) {
        return appliance.post(
                "/api/v1/audit/records",
                "{\"tenantId\":\"" + ApplianceFixture.TENANT + "\",\"source\":{\"id\":\"orders\"},"
                        + "\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Order.Placed\","
                        + "\"actor\":{\"type\":\"User\",\"id\":\"u-1\"},"
                        + "\"resource\":{\"type\":\"Order\",\"id\":\"o-" + number + "\"}}",
                "Authorization",
                "Bearer " + token,
                "X-Tenant-Id",
                ApplianceFixture.TENANT,
                "Idempotency-Key",
                "k-" + number);
    }
}
