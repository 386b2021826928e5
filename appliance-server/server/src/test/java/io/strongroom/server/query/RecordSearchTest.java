package io.strongroom.server.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.QueryPage;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSights;
import io.strongroom.server.privacy.TestVisibility;
import io.strongroom.server.projection.Facets;
import io.strongroom.server.projection.FakeLedger;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Projector;
import io.strongroom.server.projection.TestRecord;
import io.strongroom.server.projection.Timeline;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSearchTest {
    private static final Reader READER = new Reader(
            new io.strongroom.policies.Caller("reader", Set.of("Audit.Reader"), Map.of()), "", Instant.EPOCH, null);

    private final FakeLedger ledger = new FakeLedger();
    private final Timeline timeline = new Timeline(TestDatabases.TENANT);
    private Database database;
    private Projector projector;
    private RecordSearch search;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = TestDatabases.h2(folder);
        projector = new Projector(database, ledger, TestDatabases.TENANT, InstantSource.system());
        projector.start();
        search = search(TestVisibility.all());
    }

    private RecordSearch search(RecordSights sights) {
        return new RecordSearch(
                database,
                ledger,
                timeline,
                new RecordView(ledger, sights),
                new FieldHashes(new SecretKeySpec(new byte[32], "HKDF"), TestDatabases.TENANT));
    }

    @AfterEach
    void close() {
        projector.close();
        database.close();
    }

    private void projected() {
        Awaitility.await().until(() -> projector.status().cursor() == ledger.size());
    }

    private static Question question(Map<String, String> parameters) {
        Map<String, List<String>> each = new LinkedHashMap<>();
        parameters.forEach((name, value) -> each.put(name, List.of(value)));
        return QuestionParser.parse(each);
    }

    private RecordPage page(Map<String, String> parameters, @Nullable RecordPage before) {
        Cursor cursor = before == null || before.next() == null
                ? null
                : new Cursor(before.next(), before.upperSeq(), Long.MAX_VALUE);
        return search.page(READER, question(parameters), cursor);
    }

    private List<Long> all(Map<String, String> parameters) {
        List<Long> seqs = new ArrayList<>();
        RecordPage page = page(parameters, null);
        seqs.addAll(seqs(page));
        while (page.next() != null) {
            page = page(parameters, page);
            seqs.addAll(seqs(page));
        }
        return seqs;
    }

    private static List<Long> seqs(RecordPage page) {
        return page.records().stream().map(shown -> shown.row().entry().seq()).toList();
    }

    @Test
    void pagesTogetherShowWhatAFilterOverAListShows() {
        Random random = new Random(7);
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            TestRecord record = TestRecord.random(random, TestRecord.DAY + i * 1000L);
            records.add(record);
            ledger.append(record, TestRecord.DAY + i * 1000L);
        }
        projected();
        for (int i = 0; i < 60; i++) {
            TestRecord model = records.get(random.nextInt(records.size()));
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("sort", "seq");
            parameters.put("limit", Integer.toString(1 + random.nextInt(300)));
            if (random.nextBoolean()) {
                parameters.put("action", model.action());
            }
            if (random.nextInt(3) == 0) {
                parameters.put("actor", model.actor());
            }
            if (random.nextInt(3) == 0 && !model.words().isEmpty()) {
                parameters.put("q", model.words().getFirst().toUpperCase(Locale.ROOT));
            }
            if (random.nextInt(3) == 0 && model.labels().containsKey("env")) {
                parameters.put("label.env", String.valueOf(model.labels().get("env")));
            }
            if (random.nextInt(3) == 0) {
                parameters.put("from", Rfc3339.format(model.occurredAt()));
            }
            TestRecord left = records.get(random.nextInt(records.size()));
            if (random.nextInt(3) == 0) {
                parameters.put("not.actor", left.actor());
            }
            if (random.nextInt(3) == 0) {
                parameters.put("not.action", left.action());
            }
            if (random.nextInt(3) == 0 && left.labels().containsKey("env")) {
                parameters.put("not.label.env", String.valueOf(left.labels().get("env")));
            }
            int atFrom = random.nextInt(3) == 0 ? random.nextInt(records.size()) : 0;
            if (atFrom > 0) {
                parameters.put("atFrom", Rfc3339.format(TestRecord.DAY + atFrom * 1000L));
            }
            List<Long> expected = new ArrayList<>();
            for (int seq = atFrom; seq < records.size(); seq++) {
                TestRecord record = records.get(seq);
                boolean fits = (!parameters.containsKey("action")
                                || record.action().equals(model.action()))
                        && (!parameters.containsKey("actor") || record.actor().equals(model.actor()))
                        && (!parameters.containsKey("q")
                                || record.words().contains(model.words().getFirst()))
                        && (!parameters.containsKey("label.env")
                                || String.valueOf(model.labels().get("env"))
                                        .equals(record.labels().get("env")))
                        && (!parameters.containsKey("from") || record.occurredAt() >= model.occurredAt())
                        && (!parameters.containsKey("not.actor")
                                || !record.actor().equals(left.actor()))
                        && (!parameters.containsKey("not.action")
                                || !record.action().equals(left.action()))
                        && (!parameters.containsKey("not.label.env")
                                || !String.valueOf(left.labels().get("env"))
                                        .equals(record.labels().get("env")));
                if (fits) {
                    expected.add((long) seq);
                }
            }
            assertThat(all(parameters)).as(parameters.toString()).isEqualTo(expected);
        }
    }

    @Test
    void whatIsAppendedWhileSomebodyPagesDoesNotShiftThePages() {
        for (int i = 0; i < 10; i++) {
            ledger.append(TestRecord.of(TestRecord.DAY + i, "Login", "jane"), TestRecord.DAY + i);
        }
        projected();
        Map<String, String> question = Map.of("action", "Login", "sort", "-occurredAt", "limit", "4");
        RecordPage first = page(question, null);
        for (int i = 10; i < 20; i++) {
            ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY + i);
        }
        projected();
        RecordPage second = page(question, first);
        RecordPage third = page(question, second);
        assertThat(seqs(first)).containsExactly(9L, 8L, 7L, 6L);
        assertThat(seqs(second)).containsExactly(5L, 4L, 3L, 2L);
        assertThat(seqs(third)).containsExactly(1L, 0L);
        assertThat(third.next()).isNull();
    }

    @Test
    void aPageOfLargeRecordsEndsEarlyAndGoesOn() {
        String large = "word ".repeat(12_000);
        for (int i = 0; i < 200; i++) {
            ledger.append(TestRecord.of(TestRecord.DAY + i, "Login", "jane").withWords(large), TestRecord.DAY + i);
        }
        projected();
        RecordPage page = page(Map.of("limit", "500", "sort", "seq"), null);
        assertThat(page.records()).hasSizeBetween(1, 199);
        assertThat(page.records().stream().mapToLong(ShownRecord::bytes).sum())
                .isLessThan(RecordSearch.MAX_PAGE_BYTES + 65_536L);
        assertThat(all(Map.of("limit", "500", "sort", "seq"))).hasSize(200);
    }

    @Test
    void whatIsExpiredOrDamagedIsShownByItsEntry() {
        for (int i = 0; i < 4; i++) {
            ledger.append(TestRecord.of(TestRecord.DAY + i, "Login", "jane"), TestRecord.DAY + i);
        }
        projected();
        ledger.replaceBody(1, null);
        ledger.replaceBody(2, TestRecord.of(TestRecord.DAY, "Login", "forged").body());
        RecordPage page = page(Map.of("sort", "seq"), null);
        assertThat(page.records().stream().map(ShownRecord::withheld))
                .containsExactly(null, "expired", "damaged", null);
        assertThat(all(Map.of("action", "Login", "sort", "seq"))).containsExactly(0L, 3L);
        assertThat(all(Map.of("source", "service-a", "sort", "seq"))).containsExactly(0L, 1L, 2L, 3L);
        assertThat(all(Map.of("not.action", "Login", "sort", "seq")))
                .as("what nobody can know leaves nothing out")
                .containsExactly(1L, 2L);
        assertThat(all(Map.of("not.source", "service-a", "sort", "seq"))).isEmpty();
        ledger.damage(0);
        assertThat(all(Map.of("sort", "seq"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anAnswerHoldsTheStoredBytesAndIsReadByTheApi() {
        TestRecord record = TestRecord.of(TestRecord.DAY, "Login", "jänë \"x\"").withLabel("env", "prod");
        ledger.append(record, TestRecord.DAY);
        ledger.append(record, TestRecord.DAY);
        projected();
        ledger.replaceBody(1, null);
        RecordPage page = page(Map.of("sort", "seq"), null);
        byte[] answer = PageWriter.page(page, "abc_-", new FollowerStatus(2, 2, 0, true, 0, false), List.of());
        assertThat(new String(answer, UTF_8)).contains(new String(record.body(), UTF_8));
        QueryPage parsed = QueryPage.fromJson(Json.parseObject(answer));
        assertThat(parsed.items()).hasSize(2);
        assertThat(parsed.items().getFirst().record().object("actor").text("id"))
                .isEqualTo("jänë \"x\"");
        assertThat(parsed.items().get(1).more().text("withheld")).isEqualTo("expired");
        assertThat(parsed.nextCursor()).isEqualTo("abc_-");
        assertThat(parsed.watermark()).isEqualTo(2);
    }

    @Test
    void aRecordThatIsNotForItsReaderIsShownByItsEntryAndFoundByNothingElse() {
        TestRecord hidden = TestRecord.of(TestRecord.DAY, "Login", "jane");
        ledger.append(hidden, TestRecord.DAY);
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "john"), TestRecord.DAY);
        projected();
        RecordSearch masked = search(TestVisibility.showing(stored -> !Arrays.equals(stored, hidden.body())));
        RecordPage page = masked.page(READER, question(Map.of("sort", "seq")), null);
        assertThat(page.records().stream().map(ShownRecord::withheld)).containsExactly("policy", null);
        assertThat(page.records().get(0).record()).isNull();
        assertThat(masked.record(READER, 0).orElseThrow().record()).isNull();
        assertThat(masked.page(READER, question(Map.of("actor", "jane")), null).records())
                .as("what is hidden is no way to find it")
                .isEmpty();
        assertThat(masked.page(READER, question(Map.of("actor", "john")), null).records())
                .hasSize(1);
    }

    @Test
    void facetsSayWhatTheyCounted() {
        for (int i = 0; i < 50; i++) {
            ledger.append(
                    TestRecord.of(TestRecord.DAY + i, i % 5 == 0 ? "Logout" : "Login", "jane"), TestRecord.DAY + i);
        }
        projected();
        FacetSearch facets = new FacetSearch(search, timeline, new Facets(TestDatabases.TENANT));
        FacetSearch.Answer all = facets.count(READER, question(Map.of()), Set.of(Field.ACTION), 10);
        assertThat(all.counted()).isEqualTo(FacetSearch.Counted.ALL);
        assertThat(all.sampled()).isEqualTo(-1);
        assertThat(all.facets().getFirst().values().getFirst().records()).isEqualTo(40);
        FacetSearch.Answer some =
                facets.count(READER, question(Map.of("action", "Logout")), Set.of(Field.ACTOR, Field.OUTCOME), 10);
        assertThat(some.sampled()).isEqualTo(10);
        assertThat(some.facets())
                .allSatisfy(
                        facet -> assertThat(facet.values().getFirst().records()).isEqualTo(10));
        assertThat(some.facets().stream().map(facet -> facet.values().getFirst().value()))
                .containsExactlyInAnyOrder("jane", "success");
    }
}
