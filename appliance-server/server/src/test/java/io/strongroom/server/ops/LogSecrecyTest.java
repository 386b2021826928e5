package io.strongroom.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.CapturedLog;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a caller sends, and what lets a caller in, is never in the log. */
class LogSecrecyTest {
    private static final String PERSON = "jane.doe@example.com";
    private static final String KEY = "order-key-4711";

    @TempDir
    Path folder;

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void stop() {
        log.close();
    }

    private static String record(String more) {
        return "{\"tenantId\":\"acme\",\"source\":{\"id\":\"orders\"},\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
                + "\"action\":\"Order.Placed\",\"actor\":{\"type\":\"User\",\"id\":\"" + PERSON + "\"},"
                + "\"resource\":{\"type\":\"Order\",\"id\":\"" + PERSON + "\"}" + more + "}";
    }

    @Test
    void noTokenNoCodeAndNothingOfADocumentGetsIntoTheLog() {
        String code;
        String token;
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            code = String.valueOf(appliance.appliance().notice().setupCode());
            token = appliance.token(Set.of(Scope.INGEST, Scope.READ), "orders");
            String bearer = "Bearer " + token;
            String records = "/api/v1/audit/records";
            appliance.post(records, record(""), "Authorization", bearer, "Idempotency-Key", KEY);
            appliance.post(records, record(""), "Authorization", bearer, "Idempotency-Key", KEY);
            appliance.post(records, record(",\"purpose\":\"other\""), "Authorization", bearer, "Idempotency-Key", KEY);
            appliance.post(records, record(",\"" + PERSON + "\":1"), "Authorization", bearer, "Idempotency-Key", KEY);
            appliance.post(records, record("") + PERSON, "Authorization", bearer, "Idempotency-Key", KEY);
            appliance.post(
                    records,
                    record("").replace("\"acme\"", "\"other\""),
                    "Authorization",
                    bearer,
                    "Idempotency-Key",
                    KEY);
            appliance.post(records, record(""), "Authorization", bearer + "x", "Idempotency-Key", KEY);
            appliance.post(records + ":batch", record("") + "\n{" + PERSON + "\n", "Authorization", bearer);
            appliance.get("/nowhere/" + PERSON, "Authorization", bearer);
            appliance.get("/api/v1/query/records?actor=" + PERSON, "Authorization", bearer, "X-Tenant-Id", "acme");
            appliance.get("/api/v1/query/records?limit=" + PERSON, "Authorization", bearer, "X-Tenant-Id", "acme");
            appliance.get("/api/v1/ledger/proof/" + PERSON, "Authorization", bearer, "X-Tenant-Id", "acme");
            appliance.post("/api/v1/setup", "{\"code\":\"" + code + "\",\"name\":\"" + PERSON + "\"}");
            String metrics = appliance.get("/metrics", "Authorization", bearer).body();
            assertThat(metrics)
                    .contains("strongroom_ingest_records_total{outcome=\"appended\"} 1.0")
                    .contains("strongroom_ingest_records_total{outcome=\"replayed\"} 1.0")
                    .contains("strongroom_ingest_records_total{outcome=\"conflict\"} 1.0")
                    .contains("strongroom_ingest_records_total{outcome=\"quarantined\"} 1.0")
                    .contains("strongroom_guard_decisions_total{outcome=\"invalid-token\"} 1.0")
                    .contains("strongroom_guard_decisions_total{outcome=\"tenant-mismatch\"} 1.0")
                    .contains("strongroom_ledger_commit_seconds_bucket", "strongroom_projector_lag_seconds")
                    .contains("route=\"none\"")
                    .doesNotContain(PERSON, token, KEY, "orders", "acme");
        }
        assertThat(String.join("", log.lines())).isNotEmpty().doesNotContain(PERSON, KEY, code, token, "srm_");
        log.lines().forEach(line -> assertThat(
                        Json.parseObject(line.strip().getBytes(UTF_8)).members())
                .containsKeys("time", "level", "logger", "message"));
    }

    @Test
    void aTokenInALibrarysMessageGoesNoFurther() {
        LoggerFactory.getLogger(LogSecrecyTest.class)
                .warn("refused srm_abcdefghijklmnop for once", new IllegalStateException("srm_qrstuvwxyz was given"));
        assertThat(log.lines()).singleElement().asString().contains("srm_…").doesNotContain("abcdefgh", "qrstuv");
    }
}
