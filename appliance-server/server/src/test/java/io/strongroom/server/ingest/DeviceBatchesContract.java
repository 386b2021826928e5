package io.strongroom.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.strongroom.api.BatchAck;
import io.strongroom.api.BatchAck.Rejected;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.policies.Policy;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.PolicyOf;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.gateway.Quotas;
import io.strongroom.server.ingest.DeviceBatchTable.Placed;
import io.strongroom.server.ingest.SigningDevice.Sent;
import io.strongroom.server.ledger.Checkpoints;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.StoredCheckpoint;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.objects.FolderObjectStore;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.ApplianceRecords;
import io.strongroom.server.record.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of a batch that was answered is settled once, whatever is repeated and wherever it stops. On each database. */
abstract class DeviceBatchesContract {
    private static final KeyPair KEYS = SigningDevice.newKeys();
    private static final Sender SENDER = new Sender(
            Intake.TENANT,
            Sender.Named.NOTHING,
            new Caller("laptop-7", "laptop-7", "acme", Set.of(), Set.of("laptop-7")),
            "req-1",
            "POST /api/v1/device/batches");

    private final StumblingDatabase database;
    private final ObjectStore objects;
    private final DeviceBatchTable table;
    private final Intake fakes = new Intake();
    private final SigningDevice device = new SigningDevice("laptop-7", KEYS);
    private RecordIntake intake = fakes.intake;
    private BatchArchive archive;
    private DeviceBatches batches;

    DeviceBatchesContract(Path folder, Database database) throws IOException {
        this.database = new StumblingDatabase(database);
        this.objects = new FolderObjectStore(folder.resolve("objects"));
        this.table = new DeviceBatchTable(this.database, TestDatabases.TENANT);
        fakes.ledger.rider(table::write);
        this.archive = new BatchArchive(this.database, TestDatabases.TENANT, objects);
        this.batches = start();
    }

    /** As a process does that has just begun. */
    private DeviceBatches start() {
        archive.close();
        archive = new BatchArchive(database, TestDatabases.TENANT, objects);
        ApplianceRecords own = new ApplianceRecords(Intake.TENANT, new BuiltInPolicy(), fakes.records);
        return new DeviceBatches(
                table,
                (id, key) -> id.equals("laptop-7")
                                && key.equals(Digest.of(KEYS.getPublic().getEncoded()))
                        ? Optional.of(KEYS.getPublic())
                        : Optional.empty(),
                archive,
                new DeviceEvents(new SystemTrail(own, fakes.ledger), InstantSource.system()),
                intake,
                new OneCheckpoint(),
                InstantSource.system());
    }

    private static final class OneCheckpoint implements Checkpoints {
        @Override
        public boolean failing() {
            return false;
        }

        @Override
        public StoredCheckpoint newest() {
            return new StoredCheckpoint(7, Digest.ZERO, 0, false, "the newest\n".getBytes(UTF_8));
        }

        @Override
        public StoredCheckpoint await(long minSize, Duration limit) {
            return newest();
        }

        @Override
        public StoredCheckpoint forPack() {
            return newest();
        }

        @Override
        public HashSource hashes(long size) {
            throw new AssertionError("no proof is asked for");
        }
    }

    @AfterEach
    void close() {
        archive.close();
        database.close();
    }

    private BatchAck send(Sent batch) {
        return batches.take(batch.frame(), SENDER, Transport.HTTPS);
    }

    private ProblemException refused(ProblemType type, Sent batch) {
        try {
            send(batch);
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(type);
            return e;
        }
        throw new AssertionError("the batch was taken");
    }

    private List<Draft> records() {
        return fakes.ledger.committed().stream()
                .filter(draft -> draft.source().equals("laptop-7"))
                .toList();
    }

    private List<Long> numbers() {
        return records().stream()
                .map(draft ->
                        Json.parseObject(draft.body()).object("attributes").integer("n"))
                .toList();
    }

    private List<Json.Obj> events() {
        return fakes.ledger.committed().stream()
                .filter(draft -> draft.stream().equals("system.devices"))
                .map(draft -> Json.parseObject(draft.body()))
                .toList();
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    @Test
    void eachLineBecomesARecordThatNamesItsBatchAndItsLine() {
        Sent batch = device.batch(3);

        BatchAck ack = send(batch);

        assertThat(ack.stream()).isEqualTo("audit.host");
        assertThat(ack.epoch()).isEqualTo(device.currentEpoch().toString());
        assertThat(ack.durableThrough()).isEqualTo(2);
        assertThat(ack.rejected()).isEmpty();
        assertThat(ack.window()).isEqualTo(DeviceBatches.WINDOW);
        assertThat(ack.checkpoint()).isEqualTo("the newest\n");
        assertThat(BatchAck.fromJson(ack.toJson())).isEqualTo(ack);
        assertThat(numbers()).containsExactly(0L, 1L, 2L);
        for (int i = 0; i < 3; i++) {
            Json.Obj record = Json.parseObject(records().get(i).body());
            assertThat(record.object("batch").text("digest"))
                    .isEqualTo(batch.digest().toString());
            assertThat(record.object("batch").integer("line")).isEqualTo(i);
            assertThat(record.object("source").members()).containsOnlyKeys("id");
            assertThat(record.text("salt")).hasSize(22);
        }
    }

    @Test
    void theBatchesOfADeviceAreListedWhatCameLastFirstAPageAtATime() {
        Sent first = device.batch(3);
        Sent second = device.batch(2);
        Sent third = device.batch(1);
        send(first);
        batches.take(second.frame(), SENDER, Transport.MQTT);
        send(third);
        batches.take(first.frame(), SENDER, Transport.IMPORT);

        List<Placed> listed = table.page("laptop-7", Optional.empty(), 10);

        assertThat(listed)
                .extracting(each -> each.batch().digest())
                .containsExactlyInAnyOrder(first.digest(), second.digest(), third.digest());
        assertThat(listed)
                .isSortedAccordingTo(
                        Comparator.comparing((Placed each) -> each.batch().receivedAt())
                                .thenComparing(each -> each.batch().first())
                                .reversed());
        assertThat(listed)
                .extracting(each -> each.batch().first() + " " + each.batch().transport())
                .as("how it came first")
                .contains("0 HTTPS", "3 MQTT", "5 HTTPS");
        assertThat(table.page("laptop-7", Optional.of(listed.getFirst().after()), 1))
                .containsExactly(listed.get(1));
        assertThat(table.page("laptop-7", Optional.of(listed.getLast().after()), 1))
                .isEmpty();
        assertThat(table.page("laptop-8", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void theLineAsItWasSignedIsSealedBesideItsRecordAndItsSaltIsNot() {
        Sent batch = device.batch(1);

        send(batch);

        Draft draft = records().getFirst();
        SealedDisclosures sealed = draft.disclosures().getFirst();
        assertThat(sealed.isLine()).isTrue();
        String line = new String(sealed.ciphertext(), UTF_8);
        String frame = new String(batch.frame(), UTF_8);
        assertThat(frame).endsWith(line + "\n");
        String salt = Json.parseObject(sealed.ciphertext()).text("salt");
        assertThat(new String(draft.body(), UTF_8)).doesNotContain(salt);
    }

    @Test
    void theSignedBytesAreInTheDatabaseWithTheRecordsAndThenAnObjectByTheirDigest() throws Exception {
        Sent batch = device.batch(2);
        send(batch);
        assertThat(Digest.of(archive.find(batch.digest()).orElseThrow())).isEqualTo(batch.digest());
        assertThat(objects.get(BatchArchive.name(batch.digest()), 0)).isEmpty();

        archive.move();

        assertThat(Digest.of(archive.find(batch.digest()).orElseThrow())).isEqualTo(batch.digest());
        try (InputStream kept =
                objects.get(BatchArchive.name(batch.digest()), 0).orElseThrow()) {
            assertThat(Digest.of(kept.readAllBytes())).isEqualTo(batch.digest());
        }
    }

    @Test
    void duplicateDeliveryHasTheSameAnswerAndMakesNoRecord() {
        Sent first = device.batch(3);
        Sent second = device.batch(2);

        BatchAck ack = send(first);
        assertThat(send(first))
                .usingRecursiveComparison()
                .ignoringFields("serverTime")
                .isEqualTo(ack);
        send(second);
        assertThat(send(first).durableThrough()).isEqualTo(4);
        batches = start();
        assertThat(send(first).rejected()).isEmpty();
        assertThat(send(second).durableThrough()).isEqualTo(4);

        assertThat(numbers()).isEqualTo(upTo(5));
    }

    @Test
    void whereverTheProcessIsKilledTheSameBatchOnceMoreMakesItWhole() {
        // A batch with a line that is set aside is written about before that, and with its records.
        for (int writes = 0; writes < 2; writes++) {
            long first = 3L * writes;
            Sent batch = device.batch(List.of(device.line(first), "no json", device.line(first + 2)));
            database.killAfter(writes);
            assertThatExceptionOfType(StumblingDatabase.Killed.class).isThrownBy(() -> send(batch));
            database.heal();
            batches = start();

            BatchAck ack = send(batch);

            assertThat(ack.durableThrough()).isEqualTo(first + 2);
            assertThat(ack.rejected()).containsExactly(new Rejected(first + 1, "malformed-json"));
        }
        assertThat(numbers()).containsExactly(0L, 2L, 3L, 5L);
    }

    @Test
    void whatIsInTheLedgerIsNotDoubledIfTheProcessWasKilledBeforeItKnew() {
        Sent batch = device.batch(4);
        fakes.ledger.afterCommit(() -> {
            throw new StumblingDatabase.Killed();
        });
        assertThatExceptionOfType(StumblingDatabase.Killed.class).isThrownBy(() -> send(batch));
        assertThat(numbers()).isEqualTo(upTo(4));
        fakes.ledger.afterCommit(() -> {});
        batches = start();

        assertThat(send(batch).durableThrough()).isEqualTo(3);

        assertThat(numbers()).isEqualTo(upTo(4));
    }

    @Test
    void everySequenceIsThereOnceAndInOrderHoweverOftenTheProcessIsKilledAndAnswersAreLost() {
        Random random = new Random(4711);
        for (int i = 0; i < 60; i++) {
            Sent batch = device.batch(1 + random.nextInt(5));
            while (true) {
                database.killAfter(random.nextInt(4));
                try {
                    send(batch);
                    if (random.nextBoolean()) {
                        break;
                    }
                } catch (StumblingDatabase.Killed e) {
                    batches = start();
                } finally {
                    database.heal();
                }
            }
        }
        assertThat(numbers()).isEqualTo(upTo(numbers().size()));
        assertThat(send(device.batch(1)).durableThrough()).isEqualTo(numbers().size() - 1);
    }

    @Test
    void anotherBatchInTheSamePlaceIsRefusedAndRecordedOnce() {
        Sent first = device.batch(3);
        send(first);

        Sent other = device.sign(List.of(device.line(0), device.line(1)), 0, Digest.ZERO);
        refused(ProblemType.BATCH_CONFLICT, other);
        refused(ProblemType.BATCH_CONFLICT, other);
        refused(ProblemType.BATCH_CONFLICT, device.sign(List.of(device.line(1)), 1, Digest.ZERO));

        assertThat(numbers()).isEqualTo(upTo(3));
        assertThat(events()).hasSize(2);
        Json.Obj event = events().getFirst();
        assertThat(event.text("action")).isEqualTo("DeviceBatch.Conflict");
        assertThat(event.object("attributes").text("known"))
                .isEqualTo(first.digest().toString());
        assertThat(event.object("attributes").text("batch"))
                .isEqualTo(other.digest().toString());
    }

    @Test
    void aBatchThatCouldNotBeTakenHoldsNoPlace() {
        Sent batch = device.batch(3);
        fakes.ledger.capacity(0);
        refused(ProblemType.OVERLOADED, batch);
        fakes.ledger.capacity(Integer.MAX_VALUE);

        Sent other = device.sign(List.of(device.line(0)), 0, Digest.ZERO);
        assertThat(send(other).durableThrough()).isZero();

        refused(ProblemType.BATCH_CONFLICT, batch);
        assertThat(numbers()).isEqualTo(upTo(1));
    }

    @Test
    void aBatchOfWhichALineWasSetAsideHoldsItsPlaceBeforeItIsInTheLedger() {
        Sent batch = device.batch(List.of(device.line(0), "no json"));
        fakes.ledger.capacity(0);
        refused(ProblemType.OVERLOADED, batch);
        fakes.ledger.capacity(Integer.MAX_VALUE);

        refused(ProblemType.BATCH_CONFLICT, device.sign(List.of(device.line(0)), 0, Digest.ZERO));
        assertThat(send(batch).rejected()).containsExactly(new Rejected(1, "malformed-json"));
        assertThat(fakes.guard.kept).containsOnly("malformed-json no json");
    }

    @Test
    void whatIsKnownOfOldBatchesIsForgottenAndTheyAreStillToldApart() throws Exception {
        Sent first = device.batch(3);
        Sent bad = device.batch(List.of("no json"));
        Sent last = device.batch(2);
        List.of(first, bad, last).forEach(this::send);
        archive.move();

        assertThat(table.forget(System.currentTimeMillis() + 1)).isEqualTo(1);
        batches = start();

        assertThat(send(first).durableThrough()).isEqualTo(5);
        assertThat(send(bad).rejected()).containsExactly(new Rejected(3, "malformed-json"));
        refused(ProblemType.BATCH_CONFLICT, device.sign(List.of(device.line(0)), 0, Digest.ZERO));
        assertThat(send(device.batch(1)).durableThrough()).isEqualTo(6);
        assertThat(table.forget(0)).isZero();
    }

    @Test
    void aBatchThatFollowsAnotherThanTheLastIsRefused() {
        send(device.batch(3));
        refused(ProblemType.BATCH_CONFLICT, device.sign(List.of(device.line(3)), 3, Digest.ZERO));
        assertThat(send(device.batch(1)).durableThrough()).isEqualTo(3);
        device.newEpoch();
        refused(ProblemType.BATCH_CONFLICT, device.sign(List.of(device.line(0)), 0, Digest.of(new byte[] {1})));
    }

    @Test
    void whatIsMissingBeforeABatchIsAskedForUnlessAGapIsSaid() {
        send(device.batch(2));
        Sent missing = device.batch(2);
        Sent early = device.batch(2);

        ProblemException problem = refused(ProblemType.BATCH_OUT_OF_ORDER, early);
        assertThat(problem.problem().extensions().integer("expected")).isEqualTo(2);
        send(missing);
        send(early);
        assertThat(send(device.batchAfterGap(10)).durableThrough()).isEqualTo(16);
        assertThat(send(device.batch(1)).durableThrough()).isEqualTo(17);

        Json.Obj event = events().getFirst();
        assertThat(event.text("action")).isEqualTo("DeviceBatch.Gap");
        assertThat(event.object("attributes").integer("lostFirst")).isEqualTo(6);
        assertThat(event.object("attributes").integer("lostLast")).isEqualTo(15);
        assertThat(event.object("attributes").text("cause")).isEqualTo("evicted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cause\":\"whim\"",
                "\"n\":0",
                "\"cause\":\"evicted\",\"epoch\":\"00000000000000000000000000000000\"",
            })
    void aGapWithoutACauseOrOfAnotherEpochSaysNothingOfWhatIsMissing(String members) {
        send(device.batch(2));

        ProblemException problem = refused(ProblemType.BATCH_OUT_OF_ORDER, device.batchAfterGap(10, members));

        assertThat(problem.problem().extensions().integer("expected")).isEqualTo(2);
        assertThat(events()).isEmpty();
    }

    @Test
    void aGapMayNameTheEpochThatItCountsIn() {
        send(device.batch(2));
        String members = "\"cause\":\"aged\",\"epoch\":\"" + device.currentEpoch() + "\"";

        assertThat(send(device.batchAfterGap(10, members)).durableThrough()).isEqualTo(12);
    }

    @Test
    void aQueueThatWasCreatedAnewBeginsAnEpochAndIsRecorded() {
        send(device.batch(3));
        device.newEpoch();

        BatchAck ack = send(device.batch(2));

        assertThat(ack.durableThrough()).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L, 1L, 2L, 0L, 1L);
        assertThat(events()).hasSize(1);
        assertThat(events().getFirst().text("action")).isEqualTo("DeviceBatch.NewEpoch");
        device.newEpoch();
        ProblemException problem =
                refused(ProblemType.BATCH_OUT_OF_ORDER, device.sign(List.of(device.line(9)), 9, Digest.ZERO));
        assertThat(problem.problem().extensions().integer("expected")).isZero();
    }

    @Test
    void whyAQueueWasCreatedAnewIsRecordedIfItsFirstLineSaysSo() {
        send(device.batch(3));
        String before = device.currentEpoch().toString();
        device.newEpoch();

        send(device.batch(List.of(device.notice("\"cause\":\"queue-lost\",\"first\":3,\"epoch\":\"" + before + "\""))));

        Json.Obj event = events().getFirst();
        assertThat(event.text("action")).isEqualTo("DeviceBatch.NewEpoch");
        assertThat(event.object("attributes").text("cause")).isEqualTo("queue-lost");
    }

    @Test
    void aBadLineIsSetAsideAcknowledgedAndBlocksNothing() {
        List<String> lines = List.of(
                device.line(0),
                "no json",
                device.line(2).replace("\"action\":\"Process.Exited\",", ""),
                device.line(3).replace("laptop-7\"},\"occ", "laptop-8\"},\"occ"),
                device.line(4).replace("audit.host", "audit.other"),
                device.line(5).replace("\"id\":\"laptop-7\"},\"occ", "\"id\":\"laptop-7\",\"sequence\":5},\"occ"),
                device.line(6).replaceAll(",\"salt\":\"[^\"]*\"", ""),
                device.line(7).replace("acme", "other"),
                "x".repeat(70_000),
                device.line(9));
        Sent batch = device.batch(lines);

        BatchAck ack = send(batch);

        assertThat(ack.durableThrough()).isEqualTo(9);
        assertThat(ack.rejected())
                .containsExactly(
                        new Rejected(1, "malformed-json"),
                        new Rejected(2, "schema"),
                        new Rejected(3, "source-not-allowed"),
                        new Rejected(4, "schema"),
                        new Rejected(5, "schema"),
                        new Rejected(6, "schema"),
                        new Rejected(7, "tenant-mismatch"),
                        new Rejected(8, "record-too-large"));
        assertThat(numbers()).containsExactly(0L, 9L);
        assertThat(fakes.guard.kept).hasSize(8).first().isEqualTo("malformed-json no json");
        assertThat(fakes.guard.ids)
                .as("each is set aside under its own")
                .hasSize(8)
                .doesNotHaveDuplicates();
        assertThat(fakes.guard.notes)
                .containsExactlyInAnyOrder(ProblemType.SOURCE_NOT_ALLOWED, ProblemType.TENANT_MISMATCH);
        assertThat(send(batch).rejected()).isEqualTo(ack.rejected());
        assertThat(fakes.guard.kept).hasSize(8);
        assertThat(send(device.batch(List.of(device.line(10)))).durableThrough())
                .isEqualTo(10);
    }

    @Test
    void whileIntakeIsFullTheDeviceWaitsAndNothingIsDropped() {
        Sent batch = device.batch(5);
        fakes.ledger.capacity(4);

        ProblemException problem = refused(ProblemType.OVERLOADED, batch);
        assertThat(problem.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(records()).isEmpty();
        fakes.ledger.capacity(5);

        assertThat(send(batch).durableThrough()).isEqualTo(4);
        assertThat(numbers()).isEqualTo(upTo(5));
    }

    @Test
    void aBatchThatPolicyPutsOffIsTakenInByAndByAndNothingOfItTwice() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
        // Enough for two lines, of some 270 bytes each.
        Policy policy = PolicyOf.quotas("""
            rules:
              - {name: laptops, sources: [laptop-*], bytesPerDay: 700}
            """);
        intake = fakes.underQuotas(new Quotas(policy, now::get));
        batches = start();
        Sent batch = device.batch(5);
        for (int day = 0; day < 2; day++) {
            assertThat(refused(ProblemType.QUOTA_EXCEEDED, batch).retryAfter()).isPresent();
            assertThat(numbers()).isEqualTo(upTo(2L * day + 2));
            now.updateAndGet(instant -> instant.plus(Duration.ofDays(1)));
        }

        assertThat(send(batch).durableThrough()).isEqualTo(4);

        assertThat(numbers()).isEqualTo(upTo(5));
    }

    @Test
    void ofABatchThatItsDeviceGaveUpMidwayNothingMoreIsTaken() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
        Policy policy = PolicyOf.quotas("""
            rules:
              - {name: laptops, sources: [laptop-*], bytesPerDay: 700}
            """);
        intake = fakes.underQuotas(new Quotas(policy, now::get));
        batches = start();
        Sent batch = device.batch(5);
        refused(ProblemType.QUOTA_EXCEEDED, batch);
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(1)));
        Sent after = device.batch(List.of(device.notice("\"cause\":\"evicted\",\"first\":0,\"last\":4")));
        assertThat(send(after).durableThrough()).isEqualTo(5);
        int there = records().size();
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(1)));

        assertThat(send(batch).durableThrough()).isEqualTo(5);

        assertThat(records()).hasSize(there);
    }

    @Test
    void whatIsInTheLedgerIsNotDoubledWhereTheLedgersAnswerWasLost() {
        send(device.batch(1));
        Sent batch = device.batch(2);
        fakes.ledger.afterCommit(() -> {
            throw new LedgerClosedException("the answer is lost");
        });
        assertThatThrownBy(() -> send(batch)).isInstanceOf(RuntimeException.class);
        fakes.ledger.afterCommit(() -> {});

        assertThat(send(batch).durableThrough()).isEqualTo(2);

        assertThat(numbers()).isEqualTo(upTo(3));
    }

    @Test
    void theDeviceIsAnsweredOnlyAfterTheCommitAndOneBatchOfAStreamIsUnderWay() throws Exception {
        Sent batch = device.batch(2);
        fakes.ledger.hold();

        CompletableFuture<BatchAck> answer = CompletableFuture.supplyAsync(() -> send(batch));
        await().until(() -> fakes.ledger.waiting() == 2);
        assertThat(answer).isNotDone();
        ProblemException problem = refused(ProblemType.OVERLOADED, batch);
        assertThat(problem.retryAfter()).isPresent();
        fakes.ledger.commit();

        assertThat(answer.get().durableThrough()).isEqualTo(1);
        assertThat(send(batch).durableThrough()).isEqualTo(1);
    }

    @Test
    void aLedgerThatStopsIsNoAnswer() {
        Sent batch = device.batch(2);
        fakes.ledger.hold();
        CompletableFuture<BatchAck> answer = CompletableFuture.supplyAsync(() -> send(batch));
        await().until(() -> fakes.ledger.waiting() == 2);

        fakes.ledger.fail(new LedgerClosedException("gone"));

        assertThatThrownBy(answer::join).cause().isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.type())
                .isEqualTo(ProblemType.LEDGER_UNAVAILABLE));
    }

    @Test
    void aBatchOfAnotherDeviceOrUnderAnotherKeyIsRefused() {
        SigningDevice other = new SigningDevice("laptop-8", KEYS);
        refused(ProblemType.SOURCE_NOT_ALLOWED, other.batch(1));
        SigningDevice stranger = new SigningDevice("laptop-7", SigningDevice.newKeys());
        refused(ProblemType.BATCH_SIGNATURE, stranger.batch(1));
        byte[] frame = device.batch(1).frame();
        frame[frame.length - 3] ^= 1;
        refused(ProblemType.BATCH_SIGNATURE, new Sent(frame, Digest.ZERO, 0, 0));
        byte[] signed = device.sign(List.of(device.line(0)), 0, Digest.ZERO).frame();
        signed[3 + ByteBuffer.wrap(signed).getInt()] ^= 1;
        refused(ProblemType.BATCH_SIGNATURE, new Sent(signed, Digest.ZERO, 0, 0));
        refused(ProblemType.RESERVED_STREAM, new SigningDevice("laptop-7", KEYS, "system.devices").batch(1));
        byte[] cut = Arrays.copyOf(frame, 60);
        refused(ProblemType.MALFORMED_BATCH, new Sent(cut, Digest.ZERO, 0, 0));
        assertThat(records()).isEmpty();
    }

    @Test
    void linesMayBeCompressedAndWhatDecodesToTooMuchIsReadNoFurther() {
        assertThat(send(device.compressing().batch(500)).durableThrough()).isEqualTo(499);

        Sent next = device.batch(1);
        int cose = ByteBuffer.wrap(next.frame()).getInt();
        byte[] bomb = Zstd.compress(new byte[64 << 20]);
        byte[] frame = Arrays.copyOf(next.frame(), 4 + cose + bomb.length);
        System.arraycopy(bomb, 0, frame, 4 + cose, bomb.length);
        refused(ProblemType.BATCH_TOO_LARGE, new Sent(frame, Digest.ZERO, 0, 0));
        byte[] noise = Arrays.copyOf(next.frame(), 4 + cose + 9);
        Arrays.fill(noise, 4 + cose, noise.length, (byte) 7);
        refused(ProblemType.MALFORMED_BATCH, new Sent(noise, Digest.ZERO, 0, 0));
        assertThat(send(next).durableThrough()).isEqualTo(500);
    }

    @Test
    void whatTheObjectStoreDoesNotTakeWaitsInTheDatabaseAndHoldsUpNoOther() throws Exception {
        Sent batch = device.batch(1);
        Sent other = device.batch(1);
        String name = BatchArchive.name(batch.digest());
        objects.put(name, HexFormat.of().parseHex("00"), ObjectStore.Protection.NONE);
        send(batch);
        send(other);

        assertThatThrownBy(archive::move).isInstanceOf(IOException.class);

        assertThat(objects.get(BatchArchive.name(other.digest()), 0)).isPresent();
        assertThat(Digest.of(archive.find(batch.digest()).orElseThrow())).isEqualTo(batch.digest());
        objects.delete(name);
        archive.move();
        assertThat(archive.move()).isFalse();
        assertThat(objects.get(name, 0)).isPresent();
    }

    @Test
    void noMoreIsTakenWhileTooMuchWaitsForTheObjectStore() throws Exception {
        for (int i = 0; i < BatchArchive.MOST_WAITING; i++) {
            archive.written();
        }
        Sent batch = device.batch(1);

        assertThat(refused(ProblemType.STORAGE_UNAVAILABLE, batch).retryAfter()).isPresent();
        assertThat(archive.move()).isFalse();

        assertThat(send(batch).durableThrough()).isZero();
    }
}
