package io.strongroom.server.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.privacy.SearchRights;
import io.strongroom.server.privacy.TestVisibility;
import io.strongroom.server.spool.FailingDisk;
import io.strongroom.server.spool.FailingDisk.Step;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The disk fails at each step of a pack in turn, and goes on failing: the pack fails and says why, and once the disk is
 * mended the next one is made, by the same one thread.
 */
class PacksOnAFailingDiskTest {
    private static final Caller READER = new Caller("t1", "auditor", "acme", Set.of(Scope.EXPORT), Set.of());
    private static final ExportRequest REQUEST = new ExportRequest(Selection.ALL, ExportFormat.PARQUET, "audit 2026");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    /** More than is ever on its way to the disk at a time, so that a write is followed by others. */
    private static final int RECORDS = 3_000;

    private final Path folder;
    private final FailingDisk disk = new FailingDisk();
    private final TestTrail trail = new TestTrail();
    private final SecureRandom random = new SecureRandom();
    private volatile long now = MemoryLedger.MIDNIGHT;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    private final JdbcDatabase database;
    private final Spool spool;
    private final LedgerPacks packs;
    private final LocalKeys keys;
    private Exports exports;

    PacksOnAFailingDiskTest(@TempDir Path folder) throws IOException {
        this.folder = folder.resolve("spool");
        this.database = TestDatabases.h2(folder);
        this.spool = disk.spool(this.folder);
        MemoryLedger ledger = new MemoryLedger().append(RECORDS);
        this.packs = TestPacks.of(ledger, ledger::hashes, ledger::root, folder, TestVisibility.all(), spool);
        this.keys = LocalKeys.create(
                Files.createDirectory(folder.resolve("spool-keys")),
                Origin.of("log.example.org", TestDatabases.TENANT, "0123456789abcdef0123456789abcdef"),
                clock,
                random);
        this.exports = open();
    }

    private Exports open() throws IOException {
        ExportTable table = new ExportTable(database, TestDatabases.TENANT);
        SpoolKeys spoolKeys = new SpoolKeys(keys.wrapping(), Exports.PURPOSE);
        BuiltInPolicy policy = new BuiltInPolicy();
        Exports opened = new Exports(
                table,
                spool,
                spoolKeys,
                new ExportRunner(table, spool, spoolKeys, packs, trail, clock, random, 1),
                trail,
                new ExportRights(policy, SearchRights.under(policy), clock),
                new ChosenRecords(id -> OptionalLong.empty()),
                clock,
                random);
        opened.start();
        return opened;
    }

    @AfterEach
    void close() {
        exports.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DELETE")
    void whereverTheDiskFailsThePackDoesAndLeavesNothingAndTheNextIsMade(Step step) throws IOException {
        int steps = stepsOfAPack(step);

        for (int good = 0; good < steps; good++) {
            disk.failAfter(good, step);
            String id = requested();

            ExportStatus failed = awaitState(id, ExportState.FAILED);
            assertThat(failed.problem())
                    .as("%s %d of %d", step, good + 1, steps)
                    .extracting(Problem::code, Problem::detail)
                    .containsExactly(
                            "storage-unavailable",
                            "A disk or the object store failed while the pack was made; the appliance's log says why.");
            assertThat(spooled()).as("%s %d of %d", step, good + 1, steps).isEmpty();
            await().until(() -> trail.told.contains("failed " + id + " storage-unavailable"));

            disk.mend();
        }
        exports.cancel(READER, made());
    }

    @Test
    void whatADiskDoesNotDeleteIsGoneAfterTheNextStart() throws IOException {
        int steps = stepsOfAPack(Step.DELETE);

        for (int good = 0; good < steps; good++) {
            disk.failAfter(good, Step.DELETE);
            assertThat(awaitState(requested(), ExportState.FAILED).problem())
                    .extracting(Problem::code)
                    .isEqualTo("storage-unavailable");
            disk.mend();
        }
        String made = made();
        assertThat(spooled()).hasSizeGreaterThan(1);

        exports.close();
        exports = open();

        assertThat(spooled()).hasSize(1);
        assertThat(verifies(made)).isTrue();
    }

    @Test
    void packsAreCancelledAndExpireAlsoWhereTheirFilesStay() throws IOException {
        String cancelled = made();
        List<String> expiring = List.of(made(), made());
        disk.failAfter(0, Step.DELETE);

        exports.cancel(READER, cancelled);
        now += Exports.KEPT.toMillis();
        exports.expireDue();

        assertThat(exports.status(READER, cancelled).status()).isEqualTo(ExportState.CANCELLED);
        assertThat(trail.told).contains("cancelled " + cancelled);
        assertThat(expiring)
                .allSatisfy(each ->
                        assertThat(exports.status(READER, each).status()).isEqualTo(ExportState.EXPIRED));
        disk.mend();
        exports.close();
        exports = open();
        assertThat(spooled()).isEmpty();
    }

    private int stepsOfAPack(Step step) throws IOException {
        disk.failAfter(Integer.MAX_VALUE, step);
        String id = requested();
        awaitState(id, ExportState.READY);
        int steps = disk.taken();
        disk.mend();
        exports.cancel(READER, id);
        assertThat(steps).isPositive();
        return steps;
    }

    private String requested() {
        return exports.request(READER, REQUEST).id();
    }

    /** A pack that is ready, and whole. */
    private String made() throws IOException {
        String id = requested();
        ExportStatus ready = awaitState(id, ExportState.READY);
        assertThat(Digest.of(fetched(id)).toString()).isEqualTo(ready.sha256());
        return id;
    }

    private boolean verifies(String id) throws IOException {
        Path pack = Files.write(folder.resolveSibling("pack.zip"), fetched(id));
        return new PackVerifier(null, Set.of()).verify(pack).held();
    }

    private byte[] fetched(String id) throws IOException {
        ReadyPack content = exports.content(READER, id);
        try (InputStream in = content.fetch(0, content.size())) {
            return in.readAllBytes();
        }
    }

    private ExportStatus awaitState(String id, ExportState state) {
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> exports.status(READER, id).status() == state);
        return exports.status(READER, id);
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
