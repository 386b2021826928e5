package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.Draft;
import io.strongroom.server.settings.StartRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointerTest {
    @TempDir
    private Path folder;

    private JdbcDatabase database;
    private LedgerFixture fixture;

    @BeforeEach
    void start() {
        database = TestDatabases.h2(folder);
        fixture = new LedgerFixture(database);
    }

    @AfterEach
    void stop() {
        fixture.close();
        database.close();
    }

    private void append(int count) {
        fixture.append(IntStream.range(0, count)
                .mapToObj(i -> fixture.drafts.plain("app"))
                .toList());
    }

    private StoredCheckpoint awaitCheckpoint(long size) throws InterruptedException {
        StoredCheckpoint found = fixture.ledger.checkpointer().await(size, Duration.ofSeconds(30));
        assertThat(found.size()).isGreaterThanOrEqualTo(size);
        return found;
    }

    private VerifiedCheckpoint verified(StoredCheckpoint checkpoint) {
        return fixture.world.keys().verifier().verify(SignedNote.parse(checkpoint.note()));
    }

    private Digest rootOf(long size) {
        Frontier frontier = new Frontier();
        fixture.ledger.reader().read(0, size, false, row -> {
            frontier.append(row.leaf());
            return true;
        });
        return frontier.root();
    }

    @Test
    void whatIsCommittedIsSoonCoveredByASignedCheckpoint() throws InterruptedException {
        append(700);

        StoredCheckpoint checkpoint = awaitCheckpoint(700);

        assertThat(verified(checkpoint).checkpoint().size()).isEqualTo(700);
        assertThat(verified(checkpoint).checkpoint().root()).isEqualTo(rootOf(700));
        assertThat(checkpoint.root()).isEqualTo(rootOf(700));
    }

    @Test
    void everyEntryIsProvableAndEverySizeConsistentWithTheNewest() throws InterruptedException {
        append(300);
        StoredCheckpoint first = awaitCheckpoint(300);
        append(1_000);
        StoredCheckpoint second = awaitCheckpoint(1_300);
        Checkpointer log = fixture.ledger.checkpointer();

        for (long seq : List.of(0L, 255L, 256L, 299L, 300L, 1_023L, 1_299L)) {
            Digest leaf = fixture.find(seq).orElseThrow().leaf();
            assertThat(InclusionProof.of(log.hashes(1_300), seq, 1_300).verifies(leaf, second.root()))
                    .isTrue();
        }
        assertThat(ConsistencyProof.of(log.hashes(1_300), 300, 1_300).verifies(first.root(), second.root()))
                .isTrue();
    }

    @Test
    void fullTilesAreInTheStoreAndPartialOnesAreRenderedAlsoForEarlierSizes() throws InterruptedException {
        append(300);
        awaitCheckpoint(300);
        append(400);
        awaitCheckpoint(700);
        PublishedLog log = fixture.ledger.checkpointer().log();

        assertThat(fixture.world.objects().under("log/tile/0/").keySet())
                .containsExactly("log/tile/0/000", "log/tile/0/001");
        assertThat(log.tile(TilePath.parse("tile/0/001.p/44"))).hasSize(44 * 32);
        assertThat(log.tile(TilePath.parse("tile/0/002.p/188"))).hasSize(188 * 32);
        assertThat(log.tile(TilePath.parse("tile/1/000.p/2"))).hasSize(64);
        assertThatThrownBy(() -> log.tile(TilePath.parse("tile/0/002.p/189")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.tile(TilePath.parse("tile/0/003"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPackGetsACheckpointOfAllThatIsCommittedWithBothSignatures() throws InterruptedException {
        append(10);
        StoredCheckpoint checkpoint = fixture.ledger.checkpointer().forPack();

        assertThat(checkpoint.size()).isEqualTo(10);
        assertThat(verified(checkpoint).signedWith(KeyType.ED25519)).isTrue();
        assertThat(verified(checkpoint).signedWith(KeyType.ML_DSA_44_COSIGNATURE))
                .isTrue();
        assertThat(fixture.ledger.checkpointer().forPack()).isSameAs(checkpoint);
    }

    @Test
    void aSealIsPublishedWithItsObjectAndBothSignatures() throws InterruptedException {
        append(10);
        awaitCheckpoint(10);
        fixture.clock.pass(Duration.ofHours(14));
        append(1);

        StoredCheckpoint checkpoint = awaitCheckpoint(12);

        assertThat(verified(checkpoint).signedWith(KeyType.ML_DSA_44_COSIGNATURE))
                .isTrue();
        assertThat(fixture.world.objects().under("log/object/")).hasSize(1);
        String sources = new String(
                fixture.world.objects().under("log/object/").values().iterator().next(), StandardCharsets.UTF_8);
        assertThat(sources)
                .isEqualTo("{\"chain\":\"acme:2026-11-21\",\"sources\":[{\"count\":10,\"id\":\"app\"}],"
                        + "\"unlisted\":0,\"v\":1}");
    }

    @Test
    void whileTheObjectStoreIsFullCheckpointsWaitAndRecordsAreTakenIn() throws InterruptedException {
        append(10);
        awaitCheckpoint(10);
        fixture.world.objects().full = true;
        append(600);

        assertThat(fixture.ledger.reader().size()).isEqualTo(610);
        assertThat(fixture.ledger
                        .checkpointer()
                        .await(610, Duration.ofMillis(1_500))
                        .size())
                .isLessThan(610);
        await().until(() -> fixture.ledger.checkpointer().failing());
        fixture.world.objects().full = false;
        assertThat(verified(awaitCheckpoint(610)).checkpoint().root()).isEqualTo(rootOf(610));
        await().until(() -> !fixture.ledger.checkpointer().failing());
    }

    @Test
    void aPublicationThatTheNextAttemptMendsIsNoFault() throws InterruptedException {
        append(10);
        awaitCheckpoint(10);
        fixture.world.objects().hiccups.set(1);
        append(600);

        Checkpointer checkpointer = fixture.ledger.checkpointer();
        while (checkpointer.await(610, Duration.ofMillis(1)).size() < 610) {
            assertThat(checkpointer.failing()).isFalse();
        }
        assertThat(fixture.world.objects().hiccups).hasValue(0);
    }

    @Test
    void anIdleLedgerSignsNothing() throws InterruptedException {
        append(10);
        StoredCheckpoint checkpoint = awaitCheckpoint(10);

        await().during(Duration.ofMillis(2_500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> fixture.ledger.checkpointer().newest() == checkpoint);
    }

    @Test
    void aRestartGoesOnWithTheSameTilesThoughTheLastEntriesHadNoCheckpoint() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            append(10_000);
        }
        awaitCheckpoint(70_000);
        fixture.world.objects().full = true;
        append(1_000);
        fixture.close();
        fixture.world.objects().full = false;
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);

        assertThat(awaitCheckpoint(71_000).root()).isEqualTo(rootOf(71_000));
        append(500);
        assertThat(awaitCheckpoint(71_500).root()).isEqualTo(rootOf(71_500));
        assertThat(fixture.world.objects().under("log/tile/1/")).hasSize(1);
    }

    @Test
    void aTidyEndLeavesNothingWithoutACheckpoint() {
        append(10);
        append(10);
        fixture.close();

        assertThat(new LedgerTables(database).newestCheckpoint().orElseThrow().size())
                .isEqualTo(20);
    }

    @Test
    void aLedgerThatWasSetBackIsRefused() throws InterruptedException {
        append(10);
        awaitCheckpoint(10);
        fixture.close();
        change("UPDATE ledger_checkpoint SET size = 11 WHERE size = 10");

        assertThatThrownBy(() -> fixture.reopen())
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("does not match its checkpoint");
        change("UPDATE ledger_checkpoint SET size = 10 WHERE size = 11");
        fixture = fixture.reopen();
    }

    /** Its own checkpoint went back with it; the copy in the object store did not. */
    @Test
    void anOldCopyOfTheDatabaseIsRefused() throws Exception {
        append(10);
        fixture.close();
        database.close();
        Path file = folder.resolve("strongroom.mv.db");
        Path old = Files.copy(file, folder.resolve("old"));
        Path current = folder.resolve("current");
        database = TestDatabases.h2(folder);
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
        append(5);
        fixture.close();
        database.close();
        Files.move(file, current);
        Files.move(old, file);

        try (JdbcDatabase restored = TestDatabases.h2(folder)) {
            assertThatThrownBy(() -> new LedgerFixture(restored, fixture.world, LedgerFixture.SETTINGS))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("its newest checkpoint covers 15 entries, and there are only 10");
        }
        Files.move(current, file, StandardCopyOption.REPLACE_EXISTING);
        database = TestDatabases.h2(folder);
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
    }

    @Test
    void aDatabaseOfOtherRecordsThanTheSignedOnesIsRefused() throws Exception {
        append(10);
        awaitCheckpoint(10);
        fixture.ledger.checkpointer().forPack();
        fixture.close();
        JdbcDatabase other = TestDatabases.h2(folder.resolve("other"));
        LedgerFixture forged = new LedgerFixture(
                other,
                new LedgerFixture.World(fixture.clock, fixture.drafts, fixture.world.keys(), new MemoryObjects()),
                LedgerFixture.SETTINGS);
        forged.append(
                IntStream.range(0, 12).mapToObj(i -> forged.drafts.plain("app")).toList());
        forged.close();

        try (other) {
            assertThatThrownBy(() -> new LedgerFixture(other, fixture.world, LedgerFixture.SETTINGS))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("does not match its checkpoint");
        }
        fixture = fixture.reopen();
    }

    @Test
    void aCheckpointUnderAnotherInstallationsKeysIsRefused() throws InterruptedException {
        append(10);
        awaitCheckpoint(10);
        fixture.close();
        LedgerFixture.World others = new LedgerFixture.World(
                fixture.clock, fixture.drafts, new TestKeys("strongroom.test"), fixture.world.objects());

        assertThatThrownBy(() -> new LedgerFixture(database, others, LedgerFixture.SETTINGS))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("not signed by this installation's keys");
        fixture = fixture.reopen();
    }

    @Test
    void twoInstallationsNeverShareAnObjectStoreThoughBothFoundItEmpty() throws InterruptedException {
        Origin origin = new Origin("strongroom.test/acme/76543210");
        JdbcDatabase other = TestDatabases.h2(folder.resolve("other"));
        LedgerFixture.World others =
                new LedgerFixture.World(fixture.clock, fixture.drafts, new TestKeys(origin), fixture.world.objects());
        fixture.close();
        Set<String> before = Set.copyOf(fixture.world.objects().objects.keySet());

        try (other) {
            assertThatThrownBy(() -> new LedgerFixture(other, others, LedgerFixture.SETTINGS))
                    .isInstanceOfSatisfying(StartRefusedException.class, refused -> assertThat(refused.reason())
                            .isEqualTo(StartRefusedException.Reason.OBJECTS))
                    .hasMessageContaining("belongs to the log strongroom.test/acme/01234567")
                    .hasMessageContaining(origin.value());
        }
        assertThat(fixture.world.objects().objects).containsOnlyKeys(before);
        fixture = fixture.reopen();
        append(10);
        awaitCheckpoint(10);
    }

    @Test
    void whoeverIsSecondToTakeAnEmptyObjectStoreIsRefused() {
        MemoryObjects empty = new MemoryObjects();
        StoreOwner first = new StoreOwner(empty, new Origin("strongroom.test/acme/01234567"));
        StoreOwner second = new StoreOwner(empty, new Origin("strongroom.test/acme/76543210"));
        first.require();
        second.require();
        first.claim();
        first.claim();
        assertThatThrownBy(second::claim)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("belongs to the log strongroom.test/acme/01234567");
    }

    @Test
    void aMissingTileIsNamedAtStart() throws InterruptedException {
        append(300);
        awaitCheckpoint(300);
        fixture.close();
        byte[] tile = fixture.world.objects().objects.remove("log/tile/0/000");

        assertThatThrownBy(() -> fixture.reopen())
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("log/tile/0/000");
        fixture.world.objects().objects.put("log/tile/0/000", tile);
        fixture = fixture.reopen();
    }

    /** What was stored since the copy was made is made anew from the entries, and is byte for byte what it was. */
    @Test
    void anOlderCopyOfTheObjectStoreGetsItsTilesAgain() {
        append(700);
        fixture.close();
        Map<String, byte[]> copy = new TreeMap<>(fixture.world.objects().objects);
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
        append(30_000);
        append(30_000);
        append(10_000);
        fixture.close();
        Map<String, byte[]> tiles = new TreeMap<>(fixture.world.objects().under("log/tile/"));
        fixture.world.objects().objects.clear();
        fixture.world.objects().objects.putAll(copy);

        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);

        assertThat(fixture.world.objects().under("log/tile/")).containsExactlyInAnyOrderEntriesOf(tiles);
    }

    @Test
    void anEmptyDatabaseBesideALogIsTakenForTheWrongOne() {
        append(10);
        fixture.close();

        try (JdbcDatabase other = TestDatabases.h2(folder.resolve("other"))) {
            assertThatThrownBy(() -> new LedgerFixture(other, fixture.world, LedgerFixture.SETTINGS))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("covers 10 entries, and this database is empty. If they are in another one");
        }
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
    }

    /** The copy of the checkpoints is as old as the database; the tiles tell of the entries that are gone. */
    @Test
    void anOldCopyOfTheDatabaseBesideNewerTilesIsRefused() {
        append(300);
        fixture.close();
        fixture.world.objects().objects.put("log/tile/0/001", new byte[8192]);

        assertThatThrownBy(() -> new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("the tile of the entries up to 512, and there are only 300");
        fixture.world.objects().objects.remove("log/tile/0/001");
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
    }

    @Test
    void idempotencyKeysAreForgottenAfterTheirTime() {
        Draft draft = fixture.drafts.keyed(1, "a");
        fixture.append(draft);
        fixture.close();
        fixture.clock.pass(Duration.ofDays(29));
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
        assertThat(fixture.append(fixture.drafts.keyed(1, "a"))).hasOnlyElementsOfType(AppendOutcome.Replayed.class);
        append(1);
        fixture.clock.pass(Duration.ofDays(2));
        fixture = fixture.reopen();

        await().until(() -> count("SELECT count(*) FROM ledger_key_run") == 0);
        assertThat(fixture.append(fixture.drafts.keyed(1, "a"))).hasOnlyElementsOfType(AppendOutcome.Appended.class);
    }

    private long count(String sql) {
        return database.owner(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private void change(String sql) {
        int rows = database.owner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
        assertThat(rows).isEqualTo(1);
    }
}
