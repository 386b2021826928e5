package io.strongroom.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is asked, the timeline finds what a filter over a plain list finds, in the same order, page by page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TimelineContract {
    /** A closed segment, a second one, and a tail. */
    private static final int RECORDS = 2 * Segment.SIZE + 3_000;

    private static final int QUESTIONS = 60;
    private static final int MAX_PAGES = 20;

    private final List<TestRecord> records = new ArrayList<>(RECORDS);
    private final Timeline timeline = new Timeline(TestDatabases.TENANT);
    private final FakeLedger ledger = new FakeLedger();
    private Database database;

    abstract Database open(Path folder);

    @BeforeAll
    void project(@TempDir Path folder) {
        database = open(folder);
        Random random = new Random(20261121);
        for (int i = 0; i < RECORDS; i++) {
            // The second segment's times go back over the first's, as when old logs are brought in.
            long at = TestRecord.DAY + (i % (Segment.SIZE + 5_000)) * 100L;
            TestRecord record = TestRecord.random(random, at);
            records.add(record);
            ledger.append(record, TestRecord.DAY + i * 100L);
        }
        Projector projector = new Projector(database, ledger, TestDatabases.TENANT, InstantSource.system());
        boolean more = true;
        while (more) {
            more = projector.step();
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void findsWhatAFilterOverAListFinds(Order order) {
        Random random = new Random(order.ordinal());
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = question(random);
            TimelineQuery query = question.query(order);
            List<Position> expected = IntStream.range(0, RECORDS)
                    .filter(seq -> seq >= query.fromSeq() && seq < query.endSeq())
                    .filter(seq -> question.holds().test(records.get(seq)))
                    .mapToObj(seq -> new Position(records.get(seq).occurredAt(), seq))
                    .filter(position -> position.occurredAt() >= query.fromOccurred()
                            && position.occurredAt() < query.endOccurred())
                    .sorted(order.comparator())
                    .toList();
            int page = 1 + random.nextInt(200);
            List<Long> found = pages(query, page);
            List<Long> wanted = expected.stream()
                    .limit((long) page * MAX_PAGES)
                    .map(Position::seq)
                    .toList();
            assertThat(found).as("%s in pages of %d", query, page).isEqualTo(wanted);
        }
    }

    private List<Long> pages(TimelineQuery query, int size) {
        RecordMatcher matcher = new RecordMatcher(query);
        List<Long> found = new ArrayList<>();
        TimelineQuery next = query;
        for (int page = 0; page < MAX_PAGES; page++) {
            TimelineQuery now = next;
            Hits hits = database.read(connection -> timeline.find(connection, now, size));
            assertThat(hits.positions()).hasSizeLessThanOrEqualTo(size);
            for (Position position : hits.positions()) {
                // No two of these values share a hash, so every hit stands the comparison.
                var row = ledger.find(position.seq()).orElseThrow();
                assertThat(matcher.matches(row.entry(), row.body())).isTrue();
                found.add(position.seq());
            }
            if (!hits.more()) {
                return found;
            }
            next = query.after(hits.positions().getLast());
        }
        return found;
    }

    /** What to ask, and the same as a plain predicate. */
    private record Question(
            List<Condition> conditions,
            Set<String> words,
            long fromSeq,
            long endSeq,
            long from,
            long end,
            Predicate<TestRecord> holds) {
        TimelineQuery query(Order order) {
            return new TimelineQuery(conditions, words, fromSeq, endSeq, from, end, order, null);
        }
    }

    private Question question(Random random) {
        // Values come from a record that is there, so that questions have answers.
        TestRecord model = records.get(random.nextInt(RECORDS));
        List<Condition> conditions = new ArrayList<>();
        Set<String> words = new HashSet<>();
        Predicate<TestRecord> holds = record -> true;
        if (random.nextInt(4) == 0) {
            conditions.add(new Condition(Field.ACTION, model.action()));
            holds = holds.and(record -> record.action().equals(model.action()));
        }
        if (random.nextInt(5) == 0) {
            conditions.add(new Condition(Field.ACTOR, model.actor()));
            holds = holds.and(record -> record.actor().equals(model.actor()));
        }
        if (random.nextInt(6) == 0) {
            conditions.add(new Condition(Field.ACTOR_TYPE, model.actorType()));
            holds = holds.and(record -> record.actorType().equals(model.actorType()));
        }
        if (random.nextInt(6) == 0) {
            conditions.add(new Condition(Field.RESOURCE, model.resource()));
            holds = holds.and(record -> record.resource().equals(model.resource()));
        }
        if (random.nextInt(6) == 0) {
            conditions.add(new Condition(Field.RESOURCE_TYPE, model.resourceType()));
            holds = holds.and(record -> record.resourceType().equals(model.resourceType()));
        }
        if (random.nextInt(5) == 0) {
            conditions.add(new Condition(Field.OUTCOME, model.outcome()));
            holds = holds.and(record -> record.outcome().equals(model.outcome()));
        }
        if (random.nextInt(6) == 0) {
            conditions.add(new Condition(Field.SOURCE, model.source()));
            holds = holds.and(record -> record.source().equals(model.source()));
        }
        if (random.nextInt(6) == 0) {
            conditions.add(new Condition(Field.STREAM, model.stream()));
            holds = holds.and(record -> record.stream().equals(model.stream()));
        }
        for (Map.Entry<String, String> label : model.labels().entrySet()) {
            if (random.nextInt(4) == 0) {
                conditions.add(Condition.label(label.getKey(), label.getValue()));
                holds = holds.and(
                        record -> label.getValue().equals(record.labels().get(label.getKey())));
            }
        }
        for (String word : model.words()) {
            if (random.nextInt(6) == 0) {
                words.add(word);
                holds = holds.and(record -> record.words().contains(word));
            }
        }
        long fromSeq = random.nextInt(4) == 0 ? random.nextInt(RECORDS) : 0;
        long endSeq = random.nextInt(3) == 0 ? fromSeq + random.nextInt(RECORDS) : Long.MAX_VALUE;
        long from = random.nextInt(4) == 0 ? model.occurredAt() : Long.MIN_VALUE;
        long end = random.nextInt(4) == 0 ? Math.max(from, TestRecord.DAY) + random.nextInt(2_000_000) : Long.MAX_VALUE;
        return new Question(conditions, words, fromSeq, endSeq, from, end, holds);
    }

    @Test
    void aTimeOfTheLedgerBecomesAPlaceInIt() {
        for (int seq : new int[] {0, 1, 77, Segment.SIZE, RECORDS - 1}) {
            long at = TestRecord.DAY + seq * 100L;
            assertThat(firstSeqAt(at)).isEqualTo(seq);
            assertThat(firstSeqAt(at - 99)).isEqualTo(seq);
            assertThat(firstSeqAt(at + 1)).isEqualTo(seq + 1);
        }
    }

    private long firstSeqAt(long at) {
        return database.read(connection -> timeline.firstSeqAt(connection, at, RECORDS));
    }

    @Test
    void aWordWithTheSameHashIsFoundButDoesNotStandTheComparison() {
        FakeLedger other = new FakeLedger();
        Map<Integer, String> words = new HashMap<>();
        String first = "";
        String second = "";
        for (int i = 0; first.isEmpty(); i++) {
            second = "collision" + i;
            String before = words.put(TermHash.term(TermHash.of(Field.WORD, second)), second);
            first = before == null ? "" : before;
        }
        other.append(TestRecord.of(TestRecord.DAY, "Login", "jane").withWords(first), TestRecord.DAY);
        TimelineQuery query = TimelineQuery.all(Order.SEQ_ASC).having(List.of(), Set.of(second));
        TailBatch tail = tailOf(other);
        Offsets hits = new Offsets();
        tail.collect(TermSearch.terms(query).getFirst()[0], 0, hits);
        var row = other.find(0).orElseThrow();
        assertThat(hits.contains(0)).isTrue();
        assertThat(new RecordMatcher(query).matches(row.entry(), row.body())).isFalse();
        assertThat(new RecordMatcher(query.having(List.of(), Set.of(first))).matches(row.entry(), row.body()))
                .isTrue();
    }

    private static TailBatch tailOf(FakeLedger ledger) {
        ProjectionBatch batch = new ProjectionBatch();
        batch.begin(0);
        ledger.read(0, ledger.size(), true, row -> {
            batch.add(row);
            return true;
        });
        return batch.tail();
    }

    @Test
    void withoutItsBodyARecordIsFoundByWhatItsEntrySaysAlone() {
        var row = ledger.find(0).orElseThrow();
        TimelineQuery all = TimelineQuery.all(Order.SEQ_ASC);
        TimelineQuery bySource =
                all.having(List.of(new Condition(Field.SOURCE, row.entry().source())), Set.of());
        TimelineQuery byActor =
                all.having(List.of(new Condition(Field.ACTOR, records.getFirst().actor())), Set.of());
        assertThat(new RecordMatcher(all).matches(row.entry(), null)).isTrue();
        assertThat(new RecordMatcher(bySource).matches(row.entry(), null)).isTrue();
        assertThat(new RecordMatcher(byActor).matches(row.entry(), row.body())).isTrue();
        assertThat(new RecordMatcher(byActor).matches(row.entry(), null)).isFalse();
    }

    @Test
    void aPlanShowsTheTenantPredicateAndTheDatabasesAccount() {
        TimelineQuery byTime = TimelineQuery.all(Order.OCCURRED_DESC).after(new Position(TestRecord.DAY, 7));
        TimelineQuery byTerm = byTime.having(List.of(new Condition(Field.ACTION, "Action0")), Set.of("word1"));
        for (TimelineQuery query : List.of(byTime, byTerm, TimelineQuery.all(Order.SEQ_ASC))) {
            List<PlanStatement> plan = database.read(connection -> timeline.plan(connection, query));
            assertThat(plan).isNotEmpty().allSatisfy(statement -> {
                assertThat(statement.sql()).contains("tenant_id = ?");
                assertThat(statement.explain()).isNotEmpty();
                assertThat(statement.parameters()).hasSize((int)
                        statement.sql().chars().filter(c -> c == '?').count());
            });
        }
    }

    @Test
    void facetsOfAllRecordsAndOfASampleCountWhatIsThere() {
        Facets facets = new Facets(TestDatabases.TENANT);
        List<Long> seqs =
                IntStream.range(100, 5_000).mapToObj(seq -> (long) seq).toList();
        Set<Field> fields = EnumSet.complementOf(EnumSet.of(Field.WORD, Field.FINDABLE));
        List<Facet> sampled = database.read(connection -> facets.over(connection, seqs, fields, 10));
        assertThat(sampled).hasSize(fields.size());
        for (Facet facet : sampled) {
            Map<String, Long> expected = counts(facet.field(), records.subList(100, 5_000));
            long total = expected.values().stream().mapToLong(Long::longValue).sum();
            assertThat(facet.values()).hasSizeLessThanOrEqualTo(10).allSatisfy(count -> {
                String value = count.value() != null
                        ? count.value()
                        : value(facet.field(), records.get((int) count.example()));
                assertThat(count.records()).isEqualTo(expected.get(value));
            });
            assertThat(facet.values().stream().mapToLong(FacetCount::records).sum() + facet.others())
                    .isEqualTo(total);
        }
        for (Field field : List.of(Field.ACTION, Field.LABEL, Field.OUTCOME)) {
            Facets.Hours hours = Facets.Hours.touching(Long.MIN_VALUE, Long.MAX_VALUE);
            Facet facet = database.read(connection -> facets.byHour(connection, field, hours, 1000));
            Map<String, Long> found = facet.values().stream()
                    .collect(Collectors.toMap(count -> String.valueOf(count.value()), FacetCount::records));
            assertThat(found).isEqualTo(counts(field, records));
            assertThat(facet.others()).isZero();
        }
        Facets.Hours one = Facets.Hours.touching(TestRecord.DAY, TestRecord.DAY + 1);
        Facet inOneHour = database.read(connection -> facets.byHour(connection, Field.STREAM, one, 1000));
        assertThat(inOneHour.values().stream().mapToLong(FacetCount::records).sum())
                .isEqualTo(records.stream()
                        .filter(record ->
                                record.occurredAt() >= one.fromMillis() && record.occurredAt() < one.endMillis())
                        .count());
    }

    private static Map<String, Long> counts(Field field, List<TestRecord> records) {
        return records.stream()
                .flatMap(record -> field == Field.LABEL
                        ? record.labels().entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                        : Stream.of(value(field, record)))
                .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    private static String value(Field field, TestRecord record) {
        return switch (field) {
            case STREAM -> record.stream();
            case SOURCE -> record.source();
            case ACTION -> record.action();
            case OUTCOME -> record.outcome();
            case ACTOR -> record.actor();
            case ACTOR_TYPE -> record.actorType();
            case RESOURCE -> record.resource();
            case RESOURCE_TYPE -> record.resourceType();
            case LABEL, WORD, FINDABLE -> throw new IllegalArgumentException();
        };
    }
}
