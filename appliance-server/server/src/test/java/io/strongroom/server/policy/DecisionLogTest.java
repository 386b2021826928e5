package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Scope;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.policy.DecisionCounts.Outcome;
import io.strongroom.server.policy.DecisionCounts.Point;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger is told of decisions: how often which rule of which commit came to what, and nothing that was hidden. */
class DecisionLogTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String SECRET = "hunter2-and-more";
    private static final String PATIENT = "patient-4711";
    private static final int REFUSED = 300;

    @TempDir
    Path folder;

    private static CompiledPolicy policy() {
        Map<String, byte[]> files = new HashMap<>();
        Map.of(
                        "bundle.yaml",
                        "name: strict\nversion: \"7\"\n",
                        "retention.yaml",
                        "default: audit-7y\nclasses:\n  audit-7y: {years: 7}\n",
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - {streams: [audit.*], fields: [/actor/id], class: RESTRICTED}\n",
                        "masking.yaml",
                        "profiles:\n  - name: reading\n    roles: [Audit.Reader]\n    rules:\n      - {fields: [/actor/id],"
                                + " mask: omit}\n",
                        "access.yaml",
                        "rules:\n  - {name: reading, roles: [Audit.Reader], operations: [records.read]}\n",
                        "actions.yaml",
                        "rules:\n  - name: doors\n    actions: [Door.*]\n    otherwise: refuse\n    attributes:\n"
                                + "      type: object\n      properties: {pin: {type: integer}}\n")
                .forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
        return new CompiledPolicy(BundleLoader.load(files), COMMIT);
    }

    private static AuditRecord record(int number, String action) {
        return AuditRecord.of("desk", action, Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(number)
                .actor("Patient", PATIENT)
                .resource("Door", "d1")
                .attribute("pin", SECRET)
                .build();
    }

    private static ApplianceFixture started(Path data) {
        ApplianceFixture appliance = ApplianceFixture.start(data);
        appliance.appliance().context().getBean(PolicyInForce.class).activate(policy());
        return appliance;
    }

    private static List<Json.Obj> logged(ApplianceFixture appliance) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> found = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            if (row.entry().stream().equals("system.policy")) {
                Json.Obj record = Json.parseObject(requireNonNull(row.body()));
                if (record.text("action").equals(DecisionLog.ACTION)) {
                    found.add(record);
                }
            }
            return true;
        });
        return found;
    }

    private static Json.Obj at(List<Json.Obj> logged, Point point) {
        return logged.stream()
                .map(record -> record.object("attributes"))
                .filter(attributes -> attributes.text("point").equals(point.wire()))
                .filter(attributes -> attributes.text("commit").equals(COMMIT))
                .findFirst()
                .orElseThrow();
    }

    private static long count(Json.Obj attributes, Outcome outcome) {
        return attributes
                .objects("counts", count -> count.text("outcome").equals(outcome.wire()) ? count.integer("count") : 0L)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void aFloodOfRefusalsIsOneRecordWithTheRuleAndTheCommitAndNoValue() {
        try (ApplianceFixture appliance = started(folder.resolve("data"))) {
            try (StrongroomClient desk = appliance.client(appliance.token(Set.of(Scope.INGEST), "desk"));
                    StrongroomClient reader = appliance.client(appliance.token(Set.of(Scope.READ)))) {
                desk.records().append(record(0, "Lift.Called"));
                desk.records()
                        .appendAll(
                                IntStream.rangeClosed(1, REFUSED)
                                        .mapToObj(number -> record(number, "Door.Opened"))
                                        .iterator(),
                                BatchOptions.DEFAULT,
                                result -> assertThat(result.status()).isEqualTo(LineStatus.REJECTED));
                Awaitility.await()
                        .until(() -> reader.records()
                                        .query(RecordQuery.ALL.source("desk"))
                                        .items()
                                        .size()
                                == 1);
            }
            PolicyInForce inForce = appliance.appliance().context().getBean(PolicyInForce.class);
            inForce.access(
                    new AccessRequest(
                            new Caller("eve", Set.of("Audit.Reader"), Map.of()),
                            "policy.approve",
                            PATIENT,
                            Instant.now()),
                    Optional.empty());
            DecisionLog log = appliance.appliance().context().getBean(DecisionLog.class);
            log.write();
            Awaitility.await().until(() -> !logged(appliance).isEmpty());
            List<Json.Obj> logged = logged(appliance);

            Json.Obj write = at(logged, Point.WRITE);
            assertThat(count(write, Outcome.DENIED)).isEqualTo(REFUSED);
            assertThat(count(write, Outcome.RESTRICTED)).isEqualTo(1);
            assertThat(write.text("version")).isEqualTo("7");
            assertThat(write.text("bundle"))
                    .isEqualTo(policy().bundle().digest().toString());
            assertThat(write.objects("counts", count -> String.valueOf(count.optionalText("rule"))))
                    .contains("actions.yaml:2 (doors)");
            assertThat(write.objects("samples", sample -> sample.text("outcome")))
                    .containsExactlyInAnyOrder("denied", "denied", "denied", "restricted");
            Json.Obj read = at(logged, Point.READ);
            assertThat(count(read, Outcome.RESTRICTED)).isPositive();
            assertThat(read.objects("samples", sample -> sample.integer("hidden")))
                    .allMatch(hidden -> hidden == 1);
            Json.Obj operation = at(logged, Point.OPERATION);
            assertThat(operation.objects("samples", sample -> sample.text("caller") + sample.text("operation")))
                    .containsExactly("evepolicy.approve");
            assertThat(logged)
                    .allSatisfy(record ->
                            assertThat(record.toString()).doesNotContain(SECRET).doesNotContain(PATIENT));
            assertThat(logged.stream().filter(record -> record.text("outcome").equals("failure")))
                    .hasSize(2);

            log.write();
            log.write();
            appliance
                    .appliance()
                    .context()
                    .getBean(PolicyTrail.class)
                    .tell(PolicyTrail.appliance(), "policy.test", "x", Map.of(), "");
            assertThat(logged(appliance))
                    .as("what it writes itself is no decision to write")
                    .hasSameSizeAs(logged);
        }
    }

    @Test
    void aCleanStopWritesTheLastWindowAndAnIdleOneNothing() {
        Path data = folder.resolve("data");
        String admin;
        try (ApplianceFixture appliance = started(data)) {
            admin = appliance.adminToken();
            try (StrongroomClient desk = appliance.client(appliance.token(Set.of(Scope.INGEST), "desk"))) {
                desk.records().append(record(0, "Lift.Called"));
            }
        }
        for (int start = 0; start < 2; start++) {
            try (ApplianceFixture again = ApplianceFixture.start(data).administeredBy(admin)) {
                List<Json.Obj> logged = logged(again);
                assertThat(logged).hasSize(1);
                assertThat(count(at(logged, Point.WRITE), Outcome.RESTRICTED)).isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsKeptAndToldOfManyRulesIsBoundedAndNothingIsLost() throws InterruptedException {
        DecisionCounts counts = new DecisionCounts(policy().bundle());
        int rules = DecisionCounts.MOST_RULES + 50;
        Runnable each = () -> {
            for (int i = 0; i < 20_000; i++) {
                counts.count(Point.READ, Outcome.DENIED, "access.yaml:" + i % rules, HashMap::new);
            }
        };
        Thread other = Thread.ofPlatform().start(each);
        long taken = 0;
        each.run();
        taken += told(counts);
        other.join();
        taken += told(counts);

        assertThat(taken).isEqualTo(40_000);
        assertThat(counts.isOver()).isTrue();
    }

    private static long told(DecisionCounts counts) {
        DecisionCounts.Counted counted = counts.take(Point.READ);
        assertThat(counted.counts()).hasSizeLessThanOrEqualTo(DecisionCounts.MOST_RULES + Outcome.values().length);
        assertThat(counted.samples()).hasSizeLessThanOrEqualTo(DecisionCounts.MOST_SAMPLES_OF_POINT);
        return counted.counts().stream().mapToLong(DecisionCounts.Taken::count).sum();
    }
}
