package io.strongroom.server.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.LedgerDay;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.ledger.AppendOutcome.Appended;
import io.strongroom.server.ledger.AppendOutcome.Conflict;
import io.strongroom.server.ledger.AppendOutcome.Replayed;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.record.Draft;
import io.strongroom.server.settings.StartRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises on either engine. */
abstract class LedgerContract {
    private static final LedgerSettings SMALL_TAIL = new LedgerSettings(
            8_192, 8L << 20, 32_768, 64L << 20, 0, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(20), 30);

    private JdbcDatabase database;
    private LedgerFixture fixture;

    abstract JdbcDatabase open();

    @BeforeEach
    void start() {
        database = open();
        fixture = new LedgerFixture(database);
    }

    @AfterEach
    void stop() {
        fixture.close();
        database.close();
    }

    private static String text(LedgerReader.Row row) {
        return new String(requireNonNull(row.body()), StandardCharsets.UTF_8);
    }

    private LedgerFixture withClock(MutableClock clock) {
        LedgerFixture.World world = fixture.world;
        return new LedgerFixture(
                database,
                new LedgerFixture.World(clock, world.drafts(), world.keys(), world.objects()),
                LedgerFixture.SETTINGS);
    }

    private List<Draft> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> fixture.drafts.sequenced(i % 3 == 0 ? "door" : "order-service", i))
                .toList();
    }

    @Test
    void recordsGetSequencesWithoutGapsInTheOrderInWhichTheyCame() {
        List<AppendOutcome> outcomes = fixture.append(many(1_000));

        assertThat(outcomes).allMatch(Appended.class::isInstance);
        assertThat(outcomes.stream()
                        .map(outcome -> LedgerFixture.receipt(outcome).seq()))
                .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void whatWasAnsweredIsStoredAndItsChainHoldsFromTheFirstEntry() {
        List<Draft> drafts = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<Draft> some = many(7 + 301 * round).stream()
                    .map(draft -> fixture.drafts.plain(draft.source()))
                    .toList();
            fixture.append(some);
            drafts.addAll(some);
        }

        List<LedgerReader.Row> rows = LedgerFixture.stored(database, true);

        assertThat(rows).hasSameSizeAs(drafts);
        for (int i = 0; i < rows.size(); i++) {
            LedgerReader.Row row = rows.get(i);
            assertThat(row.entry().seq()).isEqualTo(i);
            assertThat(row.entry().id()).isEqualTo(drafts.get(i).id());
            assertThat(row.entry().record()).isEqualTo(drafts.get(i).digest());
            assertThat(row.entry().source()).isEqualTo(drafts.get(i).source());
            assertThat(Digest.of(requireNonNull(row.body())))
                    .isEqualTo(row.entry().record());
        }
    }

    @Test
    void theSameIsReadFromMemoryAndFromTheTables() {
        fixture.append(many(700));
        List<LedgerReader.Row> recent = new ArrayList<>();
        fixture.ledger.reader().read(0, 700, true, recent::add);

        List<LedgerReader.Row> stored = LedgerFixture.stored(database, true);

        assertThat(stored.stream().map(Read::of))
                .containsExactlyElementsOf(recent.stream().map(Read::of).toList());
        assertThat(stored).allMatch(LedgerReader.Row::isIntact);
        StoredLedgerReader cold =
                new StoredLedgerReader(new CommittedTail(fixture.ledger.tail().head(), -1, 0), fixture.ledger.tables());
        assertThat(cold.find(300).map(Read::of)).isEqualTo(fixture.find(300).map(Read::of));
        assertThat(cold.find(List.of(699L, 0L, 256L, 5_000L)).stream().map(Read::of))
                .containsExactly(Read.of(recent.get(699)), Read.of(recent.get(0)), Read.of(recent.get(256)));
    }

    /** What is read of an entry, wherever it is read. */
    private record Read(Entry entry, Digest leaf, String body) {
        static Read of(LedgerReader.Row row) {
            return new Read(row.entry(), row.leaf(), new String(requireNonNull(row.body()), ISO_8859_1));
        }
    }

    @Test
    void aRangeOutsideTheLedgerIsRefused() {
        fixture.append(many(3));

        assertThatThrownBy(() -> fixture.ledger.reader().read(0, 4, false, row -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 entries");
        assertThat(fixture.find(3)).isEmpty();
        assertThat(fixture.find(-1)).isEmpty();
    }

    @Test
    void aRepetitionGetsTheFirstAnswerInTheSameGroupAndInLaterOnesAndAfterARestart() {
        List<AppendOutcome> together = fixture.append(
                fixture.drafts.keyed(1, "a"), fixture.drafts.keyed(1, "a"), fixture.drafts.keyed(2, "b"));
        Receipt first = LedgerFixture.receipt(together.get(0));

        assertThat(together.get(0)).isInstanceOf(Appended.class);
        assertThat(together.get(1)).isEqualTo(new Replayed(first));
        assertThat(fixture.append(fixture.drafts.keyed(1, "a"))).containsExactly(new Replayed(first));
        fixture = fixture.reopen();
        assertThat(fixture.append(fixture.drafts.keyed(1, "a"))).containsExactly(new Replayed(first));
        assertThat(fixture.ledger.reader().size()).isEqualTo(2);
    }

    @Test
    void aSequenceThatCameBeforeIsKnownHoweverHighTheSourceHasCome() {
        Drafts drafts = fixture.drafts;
        fixture.append(drafts.sequenced("app", 0), drafts.sequenced("app", 7), drafts.sequenced("other", 3));
        for (int round = 0; round < 2; round++) {
            List<AppendOutcome> outcomes = fixture.append(
                    drafts.sequenced("app", 0),
                    drafts.sequenced("app", 7),
                    drafts.sequenced("app", 5 - round),
                    drafts.sequenced("app", 8 + round),
                    drafts.sequenced("other", 3),
                    drafts.sequenced("third-" + round, 1));

            assertThat(outcomes.stream().map(outcome -> outcome instanceof Appended))
                    .containsExactly(false, false, true, true, false, true);
            fixture = fixture.reopen();
        }
        assertThat(fixture.ledger.reader().size()).isEqualTo(9);
    }

    @Test
    void whateverSequencesComeInWhateverOrderEachIsTakenOnce() {
        Random random = new Random(20_261_123);
        Map<String, Receipt> first = new HashMap<>();
        for (int round = 0; round < 30; round++) {
            List<Draft> some = new ArrayList<>();
            int from = random.nextInt(400);
            int count = 1 + random.nextInt(120);
            for (int i = 0; i < count; i++) {
                String source = random.nextInt(4) == 0 ? "door" : "app";
                // Counting, with gaps, and now and then back.
                some.add(fixture.drafts.sequenced(source, random.nextInt(10) == 0 ? random.nextInt(600) : from + i));
            }
            List<AppendOutcome> outcomes = fixture.append(some);
            for (int i = 0; i < count; i++) {
                Receipt known = first.putIfAbsent(
                        some.get(i).source() + some.get(i).sourceSeq(), LedgerFixture.receipt(outcomes.get(i)));
                assertThat(outcomes.get(i))
                        .isEqualTo(
                                known == null
                                        ? new Appended(LedgerFixture.receipt(outcomes.get(i)))
                                        : new Replayed(known));
            }
            if (random.nextInt(5) == 0) {
                fixture = fixture.reopen();
            }
        }
        assertThat(fixture.ledger.reader().size()).isEqualTo(first.size());
    }

    @Test
    void anotherDocumentUnderTheSameKeyConflictsAndHarmsNoNeighbour() {
        List<AppendOutcome> outcomes = fixture.append(
                fixture.drafts.keyed(1, "a"), fixture.drafts.keyed(1, "other"), fixture.drafts.keyed(2, "a"));
        AppendOutcome later = fixture.append(fixture.drafts.keyed(1, "other")).getFirst();

        assertThat(outcomes.get(1)).isInstanceOf(Conflict.class);
        assertThat(outcomes.get(2)).isInstanceOf(Appended.class);
        for (AppendOutcome outcome : List.of(outcomes.get(1), later)) {
            Conflict conflict = (Conflict) outcome;
            assertThat(conflict.first()).isEqualTo(LedgerFixture.receipt(outcomes.get(0)));
            assertThat(conflict.firstMac()).isEqualTo(Drafts.key("app", 1, "a").mac());
            assertThat(conflict.thisMac())
                    .isEqualTo(Drafts.key("app", 1, "other").mac());
        }
    }

    @Test
    void aRowRidesWithRecordsThatAreAllNewAndWithNoOthers() {
        List<Draft> first = List.of(fixture.drafts.keyed(1, "a"), fixture.drafts.keyed(2, "a"));
        List<Draft> second = List.of(fixture.drafts.keyed(2, "a"), fixture.drafts.keyed(3, "a"));

        assertThat(fixture.append(first, riding(1))).allMatch(Appended.class::isInstance);
        assertThat(fixture.append(second, riding(2)).getFirst()).isInstanceOf(AppendOutcome.Replayed.class);
        fixture.append(many(3_000), riding(3));

        assertThat(LedgerFixture.ridden(database)).containsExactlyInAnyOrder("1", "3");
    }

    private static List<RidingRow> riding(int number) {
        return List.of(LedgerFixture.riding(Integer.toString(number)));
    }

    @Test
    void thousandsOfRepetitionsAtOnceAreAnsweredFromTheTables() {
        fixture.append(many(3_000));
        fixture.close();
        fixture = new LedgerFixture(database, fixture.world, SMALL_TAIL);

        List<AppendOutcome> outcomes = fixture.append(many(3_000));

        assertThat(outcomes).allMatch(Replayed.class::isInstance);
        assertThat(outcomes.stream()
                        .map(outcome -> LedgerFixture.receipt(outcome).seq()))
                .containsExactlyElementsOf(LongStream.range(0, 3_000).boxed().toList());
        assertThat(fixture.ledger.reader().size()).isEqualTo(3_000);
    }

    @Test
    void aGroupMayHoldManySourcesStreamsClassesAndLargeBodies() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Long sequence = i % 4 == 0 ? null : (long) (1L << i % 50);
            drafts.add(fixture.drafts.draft(
                    "stream-" + i % 300,
                    "source-" + i,
                    sequence,
                    "class-" + i % 3,
                    null,
                    List.of(),
                    "x".repeat(i * 20)));
        }
        fixture.append(drafts);

        List<LedgerReader.Row> rows = LedgerFixture.stored(database, true);

        for (int i = 0; i < 600; i++) {
            assertThat(rows.get(i).entry().stream()).isEqualTo("stream-" + i % 300);
            assertThat(rows.get(i).entry().source()).isEqualTo("source-" + i);
            assertThat(rows.get(i).entry().sourceSeq()).isEqualTo(drafts.get(i).sourceSeq());
            assertThat(rows.get(i).entry().retain()).isEqualTo("class-" + i % 3);
            assertThat(rows.get(i).body()).isEqualTo(drafts.get(i).body());
        }
    }

    @Test
    void disclosuresAreKeptBesideTheirRecord() {
        byte[] ciphertext = new byte[5_000];
        Arrays.fill(ciphertext, (byte) 7);
        Draft draft = fixture.drafts.draft(
                "audit.default",
                "app",
                null,
                "standard",
                null,
                List.of(
                        new SealedDisclosures("CONFIDENTIAL", 4, ciphertext),
                        new SealedDisclosures("RESTRICTED", 5, new byte[] {1, 2})),
                "");
        Draft neighbour = fixture.drafts.draft(
                "audit.default",
                "app",
                null,
                "standard",
                null,
                List.of(
                        new SealedDisclosures("RESTRICTED", 6, new byte[] {3}),
                        new SealedDisclosures(SealedDisclosures.FINDABLE, 6, new byte[] {0, 0, 0, 9})),
                "");
        fixture.append(fixture.drafts.plain("app"), draft, neighbour);
        assertThat(fixture.ledger.reader().disclosures(1)).isEqualTo(draft.disclosures());
        fixture = fixture.reopen();

        List<SealedDisclosures> found = fixture.ledger.reader().disclosures(1);

        assertThat(found).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(draft.disclosures());
        assertThat(fixture.ledger.reader().disclosures(0)).isEmpty();
        assertThat(fixture.ledger.reader().disclosures(2))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(neighbour.disclosures());
        assertThat(fixture.ledger.reader().findable(0, 3).get(2L)).containsExactly(9);
        assertThat(fixture.ledger.reader().findable(0, 2)).isEmpty();
    }

    @Test
    void aRestartGoesOnWhereTheLedgerEnded() {
        fixture.append(many(300));
        fixture = fixture.reopen();

        AppendOutcome next = fixture.append(fixture.drafts.plain("app")).getFirst();

        assertThat(LedgerFixture.receipt(next).seq()).isEqualTo(300);
        assertThat(LedgerFixture.stored(database, false)).hasSize(301);
    }

    @Test
    void timeNeverGoesBackThoughTheClockDoes() {
        fixture.append(fixture.drafts.plain("app"));
        fixture.clock.step(Duration.ofSeconds(-30));
        fixture.append(fixture.drafts.plain("app"));

        assertThat(fixture.find(1).orElseThrow().entry().at())
                .isEqualTo(fixture.find(0).orElseThrow().entry().at());
    }

    @Test
    void aClockThatJumpsStopsTheLedgerUntilAnOperatorConfirms() {
        fixture.append(fixture.drafts.plain("app"));
        fixture.clock.step(Duration.ofSeconds(61));

        assertThat(fixture.ledger
                        .sequencer()
                        .append(List.of(fixture.drafts.plain("app")))
                        .getFirst())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("clock-jump");
        assertThatThrownBy(() -> fixture.ledger.sequencer().append(List.of(fixture.drafts.plain("app"))))
                .isInstanceOfSatisfying(LedgerClosedException.class, e -> assertThat(e.reason())
                        .isEqualTo(LedgerClosedException.Reason.CLOCK_JUMP));
        assertThat(fixture.ledger.sequencer().clockJump()).isPresent();

        assertThat(fixture.ledger.sequencer().confirmClock(fixture.drafts.plain("strongroom")))
                .succeedsWithin(Duration.ofSeconds(30));
        fixture.append(fixture.drafts.plain("app"));

        assertThat(fixture.ledger.reader().size()).isEqualTo(3);
        assertThat(fixture.find(1).orElseThrow().entry().source()).isEqualTo("strongroom");
    }

    @Test
    void aClockFarBehindOrAheadOfTheLastEntryStopsTheLedgerAtStart() {
        fixture.append(fixture.drafts.plain("app"));
        fixture.close();
        for (Duration offset : List.of(Duration.ofMinutes(-6), Duration.ofDays(31))) {
            MutableClock wrong =
                    new MutableClock(Instant.parse("2026-11-21T10:00:00Z").plus(offset));
            fixture = withClock(wrong);
            assertThatThrownBy(() -> fixture.append(fixture.drafts.plain("app")))
                    .isInstanceOf(LedgerClosedException.class)
                    .hasMessageContaining("clock-jump");
            fixture.close();
        }
        fixture = withClock(new MutableClock(Instant.parse("2026-11-21T09:56:00Z")));
        assertThat(fixture.append(fixture.drafts.plain("app"))).hasSize(1);
    }

    @Test
    void timeThatPassesIsNoJumpHoweverLongNothingIsWritten() {
        fixture.append(fixture.drafts.plain("app"));
        fixture.clock.pass(Duration.ofHours(10));

        assertThat(fixture.append(fixture.drafts.plain("app"))).hasOnlyElementsOfType(Appended.class);
    }

    @Test
    void theFirstEntryOfANewDaySealsTheDayBefore() {
        fixture.append(many(10));
        fixture.clock.pass(Duration.ofHours(14));
        List<AppendOutcome> nextDay = fixture.append(fixture.drafts.plain("app"), fixture.drafts.plain("app"));

        LedgerReader.Row seal = fixture.find(10).orElseThrow();

        assertThat(seal.entry().stream()).isEqualTo("system.seal");
        assertThat(text(seal))
                .contains("chain=acme:2026-11-21", "firstSeq=0", "lastSeq=9", "count=10", "keys=[")
                .contains("firstAt=2026-11-21T10:00:00.000Z")
                .doesNotContain("previousSeal");
        assertThat(nextDay.stream()
                        .map(outcome -> LedgerFixture.receipt(outcome).seq()))
                .containsExactly(11L, 12L);
    }

    @Test
    void sealsNameTheOneBeforeThoughThereWasARestartAndAnEmptyDay() {
        fixture.append(many(10));
        fixture.clock.pass(Duration.ofHours(14));
        fixture.append(fixture.drafts.plain("app"));
        fixture = fixture.reopen();
        fixture.clock.pass(Duration.ofDays(2));
        fixture.append(fixture.drafts.plain("app"));

        Digest first = fixture.find(10).orElseThrow().entry().record();
        String second = text(fixture.find(12).orElseThrow());

        assertThat(second)
                .contains("chain=acme:2026-11-22", "firstSeq=10", "lastSeq=11", "count=2", "previousSeal=" + first);
    }

    @Test
    void daysAreListedWithTheirSealsAndTheOneThatIsBeingWritten() throws InterruptedException {
        fixture.append(fixture.drafts.sequenced("app", 3), fixture.drafts.sequenced("app", 7));
        fixture.clock.pass(Duration.ofHours(14));
        fixture.append(fixture.drafts.plain("app"));
        fixture.clock.pass(Duration.ofDays(2));
        fixture.append(fixture.drafts.plain("app"), fixture.drafts.plain("app"));
        fixture.ledger.checkpointer().await(fixture.ledger.reader().size(), Duration.ofSeconds(30));
        ChainDays days = new ChainDays(fixture.database, fixture.ledger.reader(), new NoCosignatures());

        List<LedgerDay> all = days.newest(null, 10);

        assertThat(all).extracting(LedgerDay::day).containsExactly("2026-11-24", "2026-11-22", "2026-11-21");
        LedgerDay open = all.getFirst();
        assertThat(open.seal()).isNull();
        assertThat(open.firstSeq()).isEqualTo(4);
        assertThat(open.lastSeq()).isEqualTo(fixture.ledger.reader().size() - 1);
        assertThat(open.checkpoints().newestSize())
                .isEqualTo(fixture.ledger.reader().size());
        LedgerDay.Seal first = requireNonNull(all.getLast().seal());
        assertThat(first.seq()).isEqualTo(2);
        assertThat(first.recordDigest())
                .isEqualTo(fixture.find(2).orElseThrow().entry().record().toString());
        assertThat(first.sources()).isEqualTo(1);
        assertThat(first.gaps()).isEqualTo(1);
        assertThat(Digest.of(days.sources("2026-11-21").orElseThrow())).hasToString(first.sourcesDigest());
        assertThat(days.sources("2026-11-24")).isEmpty();
        assertThat(days.newest("2026-11-24", 1)).extracting(LedgerDay::day).containsExactly("2026-11-22");
        assertThat(days.newest(null, 1)).extracting(LedgerDay::day).containsExactly("2026-11-24");
    }

    private static final class NoCosignatures implements Cosignatures {
        @Override
        public SignedNote on(StoredCheckpoint checkpoint) {
            return SignedNote.parse(checkpoint.note());
        }

        @Override
        public Optional<StoredCheckpoint> covering(long size) {
            return Optional.empty();
        }

        @Override
        public long witnesses(long above, long size) {
            return 0;
        }
    }

    @Test
    void repetitionsAloneNeitherWriteNorSeal() {
        fixture.append(fixture.drafts.keyed(1, "a"));
        fixture.clock.pass(Duration.ofHours(14));

        assertThat(fixture.append(fixture.drafts.keyed(1, "a"))).hasOnlyElementsOfType(Replayed.class);
        assertThat(fixture.ledger.reader().size()).isEqualTo(1);
    }

    @Test
    void closingCommitsWhatWaits() {
        List<CompletableFuture<AppendOutcome>> answers =
                fixture.ledger.sequencer().append(many(2_000));
        fixture.close();

        assertThat(answers).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        assertThatThrownBy(() -> fixture.append(fixture.drafts.plain("app"))).isInstanceOf(LedgerClosedException.class);
        assertThat(LedgerFixture.stored(database, false)).hasSize(2_000);
    }

    @Test
    void aDraftThatCannotStandInAnEntryIsItsCallersFailureAlone() {
        Draft poison = fixture.drafts.draft("Not A Stream", "app", null, "standard", null, List.of(), "");

        assertThatThrownBy(() -> fixture.append(poison)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.append(fixture.drafts.plain("app"))).hasOnlyElementsOfType(Appended.class);
    }

    @Test
    void aSecondWriterIsFencedOutAndItsCallersAreToldThatTheOutcomeIsUnknown() throws Exception {
        fixture.append(fixture.drafts.plain("app"));
        database.owner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE ledger_head SET writer_epoch = writer_epoch + 1");
            }
        });

        assertThat(fixture.ledger
                        .sequencer()
                        .append(List.of(fixture.drafts.plain("app")))
                        .getFirst())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LedgerClosedException.class);
        await().until(() -> fixture.halted.get() != null);
        assertThat(fixture.halted.get()).contains("any more");
        assertThat(LedgerFixture.stored(database, false)).hasSize(1);
    }

    @Test
    void aLedgerWhoseHeadIsNotItsLastEntrysIsRefusedAtStart() {
        fixture.append(many(10));
        fixture.close();
        database.owner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE ledger_head SET size = 9");
            }
        });

        assertThatThrownBy(() -> fixture.reopen()).isInstanceOf(StartRefusedException.class);
        database.owner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE ledger_head SET size = 10");
            }
        });
        fixture = fixture.reopen();
    }

    @Test
    void aChangedEntryIsFoundWhenItIsRead() {
        fixture.append(many(300));
        fixture.close();
        database.owner(connection -> {
            try (var query = connection.prepareStatement("SELECT packed FROM ledger_block WHERE first_seq = 0");
                    var rows = query.executeQuery();
                    var update =
                            connection.prepareStatement("UPDATE ledger_block SET packed = ? WHERE first_seq = 0")) {
                rows.next();
                byte[] packed = rows.getBytes(1);
                packed[packed.length - 40] ^= 1;
                update.setBytes(1, packed);
                return update.executeUpdate();
            }
        });

        assertThatThrownBy(() -> LedgerFixture.stored(database, false))
                .isInstanceOf(LedgerDamagedException.class)
                .hasMessageContaining("240 to 255");
    }
}
