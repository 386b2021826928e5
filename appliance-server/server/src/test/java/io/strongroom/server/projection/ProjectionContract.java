package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.follow.FollowerStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the read models promise, on any engine. */
abstract class ProjectionContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(TestRecord.DAY));

    private final FakeLedger ledger = new FakeLedger();
    private final List<Projector> running = new ArrayList<>();
    private Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void close() {
        running.forEach(Projector::close);
        database.close();
    }

    private Projector projector() {
        Projector projector = new Projector(database, ledger, TestDatabases.TENANT, CLOCK);
        running.add(projector);
        return projector;
    }

    private Projector projectAll() {
        Projector projector = projector();
        catchUp(projector);
        return projector;
    }

    private static void catchUp(Projector projector) {
        boolean more = true;
        while (more) {
            more = projector.step();
        }
    }

    private List<Long> find(TimelineQuery query) {
        Timeline timeline = new Timeline(TestDatabases.TENANT);
        return database.read(connection -> timeline.find(connection, query, 1000)).positions().stream()
                .map(Position::seq)
                .toList();
    }

    private List<Long> findWord(String text) {
        return find(new TimelineQuery(
                List.of(),
                TimelineQuery.words(text),
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Order.SEQ_ASC,
                null));
    }

    private List<Long> findField(Field field, String value) {
        return find(new TimelineQuery(
                List.of(new TimelineQuery.Condition(field, value)),
                Set.of(),
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Order.SEQ_ASC,
                null));
    }

    /** All rows of all read models, as text. */
    private List<String> everything() {
        return database.owner(connection -> {
            List<String> rows = new ArrayList<>();
            for (String table : TimelineSql.TABLES) {
                List<String> some = new ArrayList<>();
                // How these are cut depends on the batches; what is in them is compared otherwise.
                if (table.equals("timeline_tail") || table.equals("timeline_page")) {
                    continue;
                }
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        StringBuilder text = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            Object value = row.getObject(i);
                            text.append(' ')
                                    .append(
                                            value instanceof byte[] bytes
                                                    ? HexFormat.of().formatHex(bytes)
                                                    : value);
                        }
                        some.add(text.toString());
                    }
                }
                some.sort(null);
                rows.addAll(some);
            }
            rows.addAll(entries(connection));
            return rows;
        });
    }

    /** What the timeline's pages say of each entry. */
    private static List<String> entries(Connection connection) throws SQLException {
        List<String> entries = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT first_seq, packed, block_no, low_id, high_id FROM timeline_page ORDER BY first_seq")) {
            while (row.next()) {
                TimelinePage page = TimelinePage.parse(row.getLong(1), row.getBytes(2));
                assertThat(page.firstSeq()).as("no gap").isEqualTo(entries.size());
                for (int i = 0; i < page.size(); i++) {
                    assertThat((page.firstSeq() + i) / TimelinePage.SIZE).isEqualTo(row.getLong(3));
                    RecordId id = page.id(i);
                    if (id != null) {
                        assertThat(id.epochMillis()).isBetween(row.getLong(4), row.getLong(5));
                    }
                    int index = i;
                    entries.add(page.at(i) + " " + page.occurred(i) + " " + id + " "
                            + Stream.of(Field.values())
                                    .limit(8)
                                    .map(field -> page.value(field, index))
                                    .toList() + Arrays.toString(page.labels(i)));
                }
            }
        }
        return entries;
    }

    private void fill(int count, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            long at = TestRecord.DAY + i * 10L;
            ledger.append(TestRecord.random(random, at), at);
        }
    }

    @Test
    void eachEntryHasItsRowAndTheWatermarkSaysHowFar() {
        fill(100, 1);
        Projector projector = projectAll();
        assertThat(projector.status()).isEqualTo(new FollowerStatus(100, 100, 0, false, 0, false));
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).hasSize(100).startsWith(0L, 1L, 2L);
        assertThat(projector.step()).isFalse();
    }

    @Test
    void lagIsTheAgeOfTheOldestMissingEntry() {
        Projector projector = projector();
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY - 1234);
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY - 10);
        assertThat(projector.status().lagMillis()).isEqualTo(1234);
        assertThat(projector.status().lagRecords()).isEqualTo(2);
    }

    @Test
    void projectingInOneGoOrAfterManyRestartsGivesTheSame() {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            fill(1 + random.nextInt(20), i);
            projector().step();
        }
        Projector last = projectAll();
        List<String> piecemeal = everything();
        List<Long> words = findWord("word1");
        last.rebuild();
        catchUp(last);
        assertThat(everything()).isEqualTo(piecemeal);
        assertThat(findWord("word1")).isEqualTo(words).isNotEmpty();
    }

    @Test
    void aRebuildSaysSoUntilItIsWholeAgainAndGivesTheSame() {
        fill(ProjectionBatch.MAX_RECORDS + 10, 3);
        Projector projector = projectAll();
        List<String> before = everything();
        projector.rebuild();
        assertThat(projector.status().rebuilding()).isTrue();
        projector.step();
        assertThat(projector.status().cursor()).isZero();
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).isEmpty();
        projector.step();
        assertThat(projector.status().rebuilding()).isTrue();
        // A restart in the middle goes on where it was.
        Projector next = projectAll();
        assertThat(next.status().rebuilding()).isFalse();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aDamagedBodyIsListedByItsEntryAndCounted() {
        fill(3, 4);
        byte[] notCanonical = "{\"b\":1,\"a\":2".getBytes(UTF_8);
        ledger.append("audit.odd", "odd-source", notCanonical, TestRecord.DAY + 40);
        ledger.append("audit.odd", "odd-source", "[1,2,3]".getBytes(UTF_8), TestRecord.DAY + 50);
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY + 60);
        byte[] other = CanonicalJson.of("{\"action\":\"Forged\"}".getBytes(UTF_8));
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY + 70);
        ledger.replaceBody(6, other);
        Projector projector = projectAll();
        assertThat(projector.status().cursor()).isEqualTo(7);
        assertThat(projector.status().unreadable()).isEqualTo(3);
        assertThat(findField(Field.STREAM, "audit.odd")).containsExactly(3L, 4L);
        assertThat(findField(Field.SOURCE, "odd-source")).containsExactly(3L, 4L);
        assertThat(findField(Field.ACTION, "Forged")).isEmpty();
        assertThat(findField(Field.ACTION, "Login")).containsExactly(5L);
    }

    @Test
    void anEntryThatCannotBeReadLeavesARowAndNoGap() {
        fill(5, 5);
        ledger.damage(0);
        ledger.damage(3);
        Projector projector = projectAll();
        assertThat(projector.status().cursor()).isEqualTo(5);
        assertThat(projector.status().unreadable()).isEqualTo(2);
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aBodyThatHasExpiredIsNoDamage() {
        fill(2, 6);
        ledger.replaceBody(1, null);
        Projector projector = projectAll();
        assertThat(projector.status().unreadable()).isZero();
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).containsExactly(0L, 1L);
    }

    @Test
    void recordsWithMoreWordsThanAreIndexedAreFoundByEachOfThem() {
        String[] words = new String[ProjectionBatch.MAX_WORDS + 50];
        for (int i = 0; i < words.length; i++) {
            words[i] = "distinct" + i;
        }
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane").withWords("plain"), TestRecord.DAY);
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane").withWords(words), TestRecord.DAY);
        projectAll();
        for (String word : words) {
            assertThat(findWord(word)).containsExactly(1L);
        }
    }

    @Test
    void valuesThatNoDatabaseStoresAsTextDoNotStopTheProjector() {
        ledger.append(TestRecord.of(TestRecord.DAY, "Nul\0 \"quoted\" \\", "DOMAIN\\jane"), TestRecord.DAY);
        ledger.append(TestRecord.of(TestRecord.DAY, "x".repeat(5000), "jane"), TestRecord.DAY);
        ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane").withLabel("a=b", "c\0"), TestRecord.DAY);
        assertThat(projectAll().status().unreadable()).isZero();
        assertThat(findField(Field.ACTION, "Nul\0 \"quoted\" \\")).containsExactly(0L);
        assertThat(findField(Field.ACTOR, "DOMAIN\\jane")).containsExactly(0L);
        assertThat(findField(Field.ACTION, "x".repeat(5000))).containsExactly(1L);
    }

    @Test
    void readModelsOfAnotherLedgerAreMadeAgain() {
        fill(10, 7);
        projectAll();
        FakeLedger shorter = new FakeLedger();
        shorter.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY);
        Projector projector = new Projector(database, shorter, TestDatabases.TENANT, CLOCK);
        catchUp(projector);
        assertThat(projector.status().cursor()).isEqualTo(1);
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).containsExactly(0L);
    }

    @Test
    void theProjectorFollowsWhatIsAppended() {
        Projector projector = projector();
        projector.start();
        fill(10, 8);
        Awaitility.await().until(() -> projector.status().cursor() == 10);
        fill(3, 9);
        Awaitility.await().until(() -> projector.status().cursor() == 13);
        assertThat(projector.status().failing()).isFalse();
    }

    @Test
    void afterACrowdTheRestOfTheSegmentIsWaitedForAndAfterAFewIsNot() {
        Projector projector = projector();
        fill(10, 1);
        projector.step();
        assertThat(projector.lingerMillis()).isEqualTo(100);
        fill(Segment.SIZE / 8, 2);
        projector.step();
        assertThat(projector.lingerMillis()).isEqualTo(500);
        assertThat(projector.worthwhile(10 + Segment.SIZE / 8)).isEqualTo(Segment.SIZE);
    }

    @Test
    void aRecordIsFoundByItsIdBeforeAndAfterItIsProjected() {
        fill(20, 10);
        RecordId id = ledger.find(17).orElseThrow().entry().id();
        TimelineLookup lookup = new TimelineLookup(database, ledger, TestDatabases.TENANT);
        assertThat(lookup.seqOf(id)).hasValue(17);
        projectAll();
        assertThat(lookup.seqOf(id)).hasValue(17);
        assertThat(lookup.seqOf(RecordId.of(1, new byte[RecordId.RANDOM_BYTES])))
                .isEmpty();
    }

    @Test
    void eachRecordIsFoundByItsIdHoweverLongItWaitedAndHoweverTheClockWasSet() {
        Random random = new Random(13);
        long at = TestRecord.DAY;
        for (int i = 0; i < 1_000; i++) {
            at += random.nextInt(50);
            // Mostly just received; some waited for long, some came from a clock ahead.
            long waited = random.nextInt(10) > 0 ? random.nextInt(200) : random.nextInt(200_000) - 50_000;
            ledger.append(TestRecord.random(random, at), at - waited, at);
            if (random.nextInt(100) == 0) {
                projector().step();
            }
        }
        ledger.damage(995);
        projectAll();
        TimelineLookup lookup = new TimelineLookup(database, ledger, TestDatabases.TENANT);
        for (long seq = 0; seq < 995; seq++) {
            RecordId id = ledger.find(seq).orElseThrow().entry().id();
            assertThat(lookup.seqOf(id)).hasValue(seq);
            assertThat(lookup.seqOf(new RecordId(id.high(), id.low() ^ Long.MIN_VALUE)))
                    .isEmpty();
        }
    }

    @Test
    void aTimeOfTheLedgerIsFoundInWhatCameInMoments() {
        long[] times = {0, 0, 0, 5, 5, 90_000, 90_000, 90_001};
        for (long time : times) {
            ledger.append(TestRecord.of(TestRecord.DAY, "Login", "jane"), TestRecord.DAY + time);
            projector().step();
        }
        Timeline timeline = new Timeline(TestDatabases.TENANT);
        for (long time : new long[] {-1, 0, 1, 5, 6, 90_000, 90_001, 90_002}) {
            long expected = Arrays.stream(times).filter(each -> each < time).count();
            long found =
                    database.read(connection -> timeline.firstSeqAt(connection, TestRecord.DAY + time, times.length));
            assertThat(found).as("at %d ms", time).isEqualTo(expected);
        }
    }

    @Test
    void anotherProcessThatMovesTheWatermarkIsNoticed() {
        fill(10, 11);
        Projector one = projector();
        one.step();
        fill(10, 12);
        Projector other = projector();
        catchUp(other);
        assertThatIllegalStateException().isThrownBy(one::step).withMessageContaining("watermark");
        assertThat(find(TimelineQuery.all(Order.SEQ_ASC))).hasSize(20);
        assertThat(Duration.ofMillis(other.status().lagMillis())).isZero();
    }
}
