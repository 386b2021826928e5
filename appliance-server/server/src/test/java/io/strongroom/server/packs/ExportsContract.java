package io.strongroom.server.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.policies.Policy;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.PolicyOf;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.privacy.SearchRights;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How packs wait, are made, fetched, cancelled, expire and survive a restart; on each database. */
abstract class ExportsContract {
    private static final Caller READER = new Caller("t1", "auditor", "acme", Set.of(Scope.EXPORT), Set.of());
    private static final Caller OTHER = new Caller("t2", "other", "acme", Set.of(Scope.EXPORT), Set.of());
    private static final ExportRequest REQUEST = new ExportRequest(Selection.ALL, ExportFormat.NDJSON, "audit 2026");

    private final Path folder;
    private final JdbcDatabase database;
    private final LocalKeys keys;
    private final TestTrail trail = new TestTrail();
    private final FakeMaker maker = new FakeMaker();
    private volatile long now = MemoryLedger.MIDNIGHT;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    private Policy policy = new BuiltInPolicy();
    private Exports exports;

    ExportsContract(Path folder, JdbcDatabase database) throws IOException {
        this.folder = folder;
        this.database = database;
        this.keys = LocalKeys.create(
                Files.createDirectory(folder.resolve("keys")),
                Origin.of("log.example.org", TestDatabases.TENANT, "0123456789abcdef0123456789abcdef"),
                clock,
                new SecureRandom());
        this.exports = open(0);
    }

    private Exports open(long floorBytes) throws IOException {
        Spool spool = new Spool(folder.resolve("spool"), floorBytes);
        ExportTable table = new ExportTable(database, TestDatabases.TENANT);
        SpoolKeys spoolKeys = new SpoolKeys(keys.wrapping(), "export-spool");
        Random random = new SecureRandom();
        ExportRunner runner = new ExportRunner(table, spool, spoolKeys, maker, trail, clock, random, 2);
        Exports opened = new Exports(
                table,
                spool,
                spoolKeys,
                runner,
                trail,
                new ExportRights(policy, SearchRights.under(policy), clock),
                new ChosenRecords(id -> OptionalLong.empty()),
                clock,
                random);
        opened.start();
        return opened;
    }

    private void restart(long floorBytes) throws IOException {
        exports.close();
        exports = open(floorBytes);
    }

    @AfterEach
    void close() {
        maker.allowed.release(1000);
        exports.close();
        database.close();
    }

    @Test
    void aPackIsMadeInTheBackgroundAndFetched() throws IOException {
        ExportStatus asked = exports.request(READER, REQUEST);
        assertThat(asked.status()).isEqualTo(ExportState.QUEUED);

        maker.allowed.release(1);
        ExportStatus ready = awaitState(asked.id(), ExportState.READY);

        byte[] pack = fetch(asked.id());
        assertThat(ready.size()).isEqualTo(pack.length);
        assertThat(ready.sha256()).isEqualTo(Digest.of(pack).toString());
        assertThat(new String(pack, UTF_8)).startsWith("pack of [0, 100) attempt 1");
        assertThat(ready.done()).isEqualTo(100);
        assertThat(ready.total()).isEqualTo(100);
    }

    @Test
    void aPieceIsWhatTheWholeHasThere() throws IOException {
        String id = ready();
        byte[] pack = fetch(id);

        try (InputStream piece = exports.content(READER, id).fetch(70_000, 70_010)) {
            assertThat(piece.readAllBytes()).isEqualTo(Arrays.copyOfRange(pack, 70_000, 70_010));
        }
    }

    @Test
    void whoMayNotExportAnyMoreGetsNoPackThatWasMadeBefore() {
        String id = ready();
        Caller without = new Caller(READER.id(), READER.name(), "acme", Set.of(Scope.READ), Set.of());

        assertThatThrownBy(() -> exports.content(without, id))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.FORBIDDEN));
        assertThat(exports.content(READER, id).size()).isPositive();
    }

    @Test
    void everyStepIsInTheLedgerBeforeAnyoneSeesIt() throws IOException {
        String id = ready();
        fetch(id);
        exports.cancel(READER, id);

        assertThat(trail.told)
                .containsExactly(
                        "requested " + id,
                        "completed " + id,
                        "fetched " + id + " by t1 0-" + 150_000,
                        "cancelled " + id);
    }

    @Test
    void noByteIsGivenThatTheLedgerCouldNotBeToldOf() {
        String id = ready();
        ReadyPack content = exports.content(READER, id);
        trail.broken = true;

        assertThatThrownBy(() -> content.fetch(0, 10)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aPackDoesNotExistForAnotherReader() {
        String id = ready();

        for (Runnable call : List.<Runnable>of(
                () -> exports.status(OTHER, id), () -> exports.content(OTHER, id), () -> exports.cancel(OTHER, id))) {
            assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                    .isEqualTo(ProblemType.NOT_FOUND));
        }
        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.READY);
    }

    @Test
    void aWaitingPackIsNotReadyAndSaysWhenToComeAgain() {
        String id = exports.request(READER, REQUEST).id();

        assertNotReady(id);
    }

    @Test
    void progressIsToldWhileAPackIsMade() {
        String id = exports.request(READER, REQUEST).id();

        await().until(() -> exports.status(READER, id).total() == 100);
        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.RUNNING);
    }

    @Test
    void aCancelledPackStopsAndLeavesNothing() throws IOException {
        String id = exports.request(READER, REQUEST).id();
        awaitState(id, ExportState.RUNNING);

        exports.cancel(READER, id);
        maker.allowed.release(1);

        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.CANCELLED);
        await().untilAsserted(() -> assertThat(spooled()).isEmpty());
        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.CANCELLED);
        assertThatThrownBy(() -> exports.content(READER, id))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.EXPORT_EXPIRED));
    }

    @Test
    void aReadyPackThatIsCancelledIsGone() throws IOException {
        String id = ready();

        exports.cancel(READER, id);

        assertThat(spooled()).isEmpty();
        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.CANCELLED);
    }

    @Test
    void afterADayAPackIsGoneAndIsMadeAgainFromTheSameInputsWhenItIsAskedFor() throws IOException {
        String id = ready();
        now += Exports.KEPT.toMillis();

        assertThat(exports.status(READER, id).status()).isEqualTo(ExportState.EXPIRED);
        assertThat(spooled()).isEmpty();

        maker.allowed.release(1);
        assertNotReady(id);
        awaitState(id, ExportState.READY);
        assertThat(new String(fetch(id), UTF_8)).startsWith("pack of [0, 100) attempt 2");
        assertThat(maker.frozen).hasSize(1);
    }

    @Test
    void housekeepingDeletesWhatNobodyAsksFor() throws IOException {
        ready();
        now += Exports.KEPT.toMillis();

        exports.expireDue();

        assertThat(spooled()).isEmpty();
    }

    @Test
    void aPackWhoseFileWasLostIsMadeAgain() throws IOException {
        String id = ready();
        for (Path file : spooled()) {
            Files.delete(file);
        }

        maker.allowed.release(1);
        assertNotReady(id);
        awaitState(id, ExportState.READY);
    }

    @Test
    void aRestartMakesWhatWasBeingMadeFromTheSameInputs() throws IOException {
        restartsWhile(new ExportStoppedException("told to stop"));
    }

    @Test
    void aRestartMakesWhatWasCutOffFromTheSameInputs() throws IOException {
        restartsWhile(new InterruptedIOException("did not stop in time"));
    }

    /** @param end what the packs that are being made end with when the appliance stops */
    private void restartsWhile(IOException end) throws IOException {
        String id = exports.request(READER, REQUEST).id();
        String waiting = exports.request(READER, REQUEST).id();
        String third = exports.request(READER, REQUEST).id();
        await().until(() -> maker.frozen.size() == 2);

        maker.end = end;
        Thread closing = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            maker.allowed.release(2);
        });
        restart(0);
        maker.end = null;
        maker.allowed.release(5);

        for (String each : List.of(id, waiting, third)) {
            awaitState(each, ExportState.READY);
        }
        assertThat(maker.frozen).hasSize(3);
        assertThat(spooled()).hasSize(3);
    }

    @Test
    void aReadyPackSurvivesARestart() throws IOException {
        String id = ready();
        byte[] before = fetch(id);
        Files.writeString(folder.resolve("spool").resolve("left-over.spool"), "half a pack");

        restart(0);

        assertThat(fetch(id)).isEqualTo(before);
        assertThat(spooled()).hasSize(1);
    }

    @Test
    void aPackForWhichThereIsNoRoomFailsAndSaysSo() throws IOException {
        restart(Long.MAX_VALUE);
        String id = exports.request(READER, REQUEST).id();

        ExportStatus failed = awaitState(id, ExportState.FAILED);

        assertThat(failed.problem()).isNotNull().extracting(Problem::code).isEqualTo("storage-unavailable");
        assertThat(trail.told).contains("failed " + id + " storage-unavailable");
    }

    @Test
    void aPackThatCannotBeMadeFailsAndLeavesNothing() throws IOException {
        maker.broken = true;
        maker.allowed.release(1);
        String id = exports.request(READER, REQUEST).id();

        ExportStatus failed = awaitState(id, ExportState.FAILED);

        assertThat(failed.problem()).isNotNull().extracting(Problem::code).isEqualTo("internal");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void aConnectionThatTakesTooLongFailsThePackThoughItLooksLikeAnInterruption() throws IOException {
        maker.end = new SocketTimeoutException("the object store does not answer");
        maker.allowed.release(1);

        ExportStatus failed = awaitState(exports.request(READER, REQUEST).id(), ExportState.FAILED);

        assertThat(failed.problem()).isNotNull().extracting(Problem::code).isEqualTo("storage-unavailable");
        assertThat(spooled()).isEmpty();
    }

    @Test
    void oneCallerCannotAskForMoreAndMore() {
        for (int i = 0; i < Exports.MAX_UNFINISHED_OF_ONE; i++) {
            exports.request(READER, REQUEST);
        }

        assertThatThrownBy(() -> exports.request(READER, REQUEST))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                        .isEqualTo(ProblemType.EXPORT_CONCURRENCY_EXCEEDED));
        exports.request(OTHER, REQUEST);
    }

    @Test
    void aBundleMayAllowFewerAtOnceAlsoToThoseWhoAskTogether() throws Exception {
        policy = PolicyOf.quotas("rules:\n  - {roles: [Export.*], exportsAtOnce: 2}\n");
        restart(0);
        List<Callable<Boolean>> asking = Collections.nCopies(8, () -> {
            try {
                exports.request(READER, REQUEST);
                return true;
            } catch (ProblemException e) {
                assertThat(e.type()).isEqualTo(ProblemType.EXPORT_CONCURRENCY_EXCEEDED);
                assertThat(e.problem().detail()).contains("quotas.yaml:2");
                return false;
            }
        });
        long asked = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> each : threads.invokeAll(asking)) {
                asked += each.get() ? 1 : 0;
            }
        }

        assertThat(asked).isEqualTo(2);
        exports.request(OTHER, REQUEST);
    }

    @Test
    void noMoreThanTwoAreMadeAtATime() {
        for (int i = 0; i < 6; i++) {
            exports.request(READER, REQUEST);
        }
        await().until(() -> maker.making() == 2);

        maker.allowed.release(6);

        await().until(() -> maker.finished == 6);
        assertThat(maker.most).isEqualTo(2);
    }

    private String ready() {
        maker.allowed.release(1);
        String id = exports.request(READER, REQUEST).id();
        awaitState(id, ExportState.READY);
        return id;
    }

    private ExportStatus awaitState(String id, ExportState state) {
        await().until(() -> exports.status(READER, id).status() == state);
        return exports.status(READER, id);
    }

    private void assertNotReady(String id) {
        assertThatThrownBy(() -> exports.content(READER, id)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.EXPORT_NOT_READY);
            assertThat(e.retryAfter()).isPresent();
        });
    }

    private byte[] fetch(String id) throws IOException {
        ReadyPack content = exports.content(READER, id);
        try (InputStream in = content.fetch(0, content.size())) {
            return in.readAllBytes();
        }
    }

    private List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.toList();
        }
    }

    /** Makes packs when it is allowed to. */
    private static final class FakeMaker implements PackMaker {
        private final Semaphore allowed = new Semaphore(0);
        private final List<FrozenInputs> frozen = new CopyOnWriteArrayList<>();
        private volatile boolean broken;
        private volatile @Nullable IOException end;
        // Guarded by this.
        private int making;
        private int most;
        private int attempts;
        private volatile int finished;

        private synchronized int making() {
            return making;
        }

        @Override
        public FrozenInputs freeze(ExportJob job) {
            FrozenInputs inputs = new FrozenInputs("pack-" + job.id(), 0, 100, "note", Digest.ZERO, 0);
            frozen.add(inputs);
            return inputs;
        }

        @Override
        public void make(ExportJob job, FrozenInputs inputs, OutputStream out, Progress progress) throws IOException {
            int attempt;
            synchronized (this) {
                attempt = ++attempts;
                most = Math.max(most, ++making);
            }
            try {
                progress.at(0, inputs.to());
                out.write(("pack of [" + inputs.from() + ", " + inputs.to() + ") attempt " + attempt).getBytes(UTF_8));
                allowed.acquireUninterruptibly();
                IOException now = end;
                if (now != null) {
                    throw now;
                }
                progress.at(50, inputs.to());
                if (broken) {
                    throw new IllegalStateException("broken");
                }
                byte[] filler = new byte[150_000 - "pack of [0, 100) attempt 1".length()];
                new Random(1).nextBytes(filler);
                out.write(filler);
                progress.at(inputs.to(), inputs.to());
            } finally {
                synchronized (this) {
                    making--;
                    finished++;
                }
            }
        }
    }
}
