package io.strongroom.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What few of many records have is found in a complete run, behind it, and in the tail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DirectoryContract {
    /** A complete run, a segment behind it, and a tail. */
    private static final long RECORDS = (Directory.RUN + 1L) * Segment.SIZE + 500;

    /** Who did something, and where in the ledger it stands. */
    private static final Map<String, List<Long>> RARE = new TreeMap<>(Map.of(
            "first", List.of(0L),
            "once", List.of(5L * Segment.SIZE + 77),
            "last-of-run", List.of((long) Directory.RUN * Segment.SIZE - 1),
            "behind", List.of((long) Directory.RUN * Segment.SIZE),
            "in-tail", List.of(RECORDS - 1),
            "here-and-there",
                    List.of(3L, 3L * Segment.SIZE, 3L * Segment.SIZE + 1, 16L * Segment.SIZE + 9, RECORDS - 7),
            "in-each-segment",
                    LongStream.range(0, Directory.RUN + 1)
                            .map(i -> i * Segment.SIZE + 100 + i)
                            .boxed()
                            .toList(),
            "nobody", List.of()));

    private final Timeline timeline = new Timeline(TestDatabases.TENANT);
    private Database database;

    abstract Database open(Path folder);

    @BeforeAll
    void project(@TempDir Path folder) {
        database = open(folder);
        Map<Long, String> actors = new TreeMap<>();
        RARE.forEach((actor, seqs) -> seqs.forEach(seq -> actors.put(seq, actor)));
        FakeLedger ledger = new FakeLedger();
        TestRecord usual = TestRecord.of(TestRecord.DAY, "Login", "everybody");
        byte[] body = usual.body();
        for (long seq = 0; seq < RECORDS; seq++) {
            String actor = actors.get(seq);
            ledger.append(
                    usual.stream(),
                    usual.source(),
                    actor == null
                            ? body
                            : TestRecord.of(TestRecord.DAY + seq, "Login", actor)
                                    .body(),
                    TestRecord.DAY + seq);
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
    void whatFewRecordsHaveIsFound(Order order) {
        RARE.forEach((actor, seqs) -> {
            boolean down = order == Order.SEQ_DESC || order == Order.OCCURRED_DESC;
            List<Long> wanted = down ? seqs.reversed() : seqs;
            for (int count : new int[] {1, 4, 50}) {
                assertThat(find(order, count, actor))
                        .as("the first %d of %s, %s", count, actor, order)
                        .isEqualTo(wanted.stream().limit(count).toList());
            }
        });
    }

    @Test
    void whatNoRecordHasTogetherIsNotFound() {
        assertThat(find(Order.SEQ_ASC, 10, "once", "here-and-there")).isEmpty();
        assertThat(find(Order.SEQ_ASC, 10, "here-and-there", "in-each-segment")).isEmpty();
    }

    @Test
    void theDirectoryNamesJustTheSegmentsThatHaveAValue() {
        RARE.forEach((actor, seqs) -> {
            List<Long> segments = new ArrayList<>();
            for (long segment : Directory.segments(0)) {
                if (seqs.stream().anyMatch(seq -> Segment.firstSeqOf(seq) == segment)) {
                    segments.add(segment);
                }
            }
            assertThat(having(Directory.segments(0), actor)).as(actor).isEqualTo(segments);
        });
    }

    @Test
    void ofARunThatIsNotCompleteNothingIsLeftOut() {
        long behind = (long) Directory.RUN * Segment.SIZE;
        assertThat(having(List.of(behind), "nobody")).containsExactly(behind);
    }

    private List<Long> having(List<Long> segments, String actor) {
        List<TermSearch.Unit> units = segments.stream()
                .map(seq -> new Segment(seq, 0, 0))
                .map(segment -> new TermSearch.Unit(segment, segment.endSeq(), List.of()))
                .toList();
        List<int[]> terms = TermSearch.terms(query(Order.SEQ_ASC, actor));
        Directory directory = new Directory(TestDatabases.TENANT.value());
        long segmentsEnd = (Directory.RUN + 1L) * Segment.SIZE;
        return database.read(connection -> directory.having(connection, terms, units, segmentsEnd)).stream()
                .map(unit -> unit.bounds().firstSeq())
                .toList();
    }

    private List<Long> find(Order order, int count, String... actors) {
        return database.read(connection -> timeline.find(connection, query(order, actors), count)).positions().stream()
                .map(Position::seq)
                .toList();
    }

    private static TimelineQuery query(Order order, String... actors) {
        List<Condition> conditions = new ArrayList<>();
        for (String actor : actors) {
            conditions.add(new Condition(Field.ACTOR, actor));
        }
        return TimelineQuery.all(order).having(conditions, Set.of());
    }
}
