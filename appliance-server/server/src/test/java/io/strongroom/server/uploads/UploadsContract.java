package io.strongroom.server.uploads;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.objects.FolderObjectStore;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.privacy.FakeKeys;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.Spool;
import io.strongroom.server.spool.SpoolKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken in is there whole, once and encrypted; what is not taken in leaves nothing. On each database. */
abstract class UploadsContract {
    private final FakeKeys keys = new FakeKeys();
    private final Path folder;
    private final Database database;
    private final ObjectStore objects;
    private final Uploads uploads;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T01:02:03.004Z"));

    UploadsContract(Path folder, Database database) throws IOException {
        this.folder = folder;
        this.database = database;
        this.objects = new FolderObjectStore(folder.resolve("objects"));
        this.uploads = uploads(database, objects, 0);
    }

    private Uploads uploads(Database tables, ObjectStore store, long floorBytes) throws IOException {
        return new Uploads(
                new UploadTable(tables, TestDatabases.TENANT),
                new Spool(folder.resolve("spool"), floorBytes),
                new SpoolKeys(keys, "uploaded-object"),
                store,
                now::get,
                new SecureRandom());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static UploadedObject take(Uploads into, byte[] content) throws IOException {
        return into.take(new ByteArrayInputStream(content));
    }

    private static byte[] content(UploadedObject object) throws IOException {
        try (InputStream in = object.content().open()) {
            return in.readAllBytes();
        }
    }

    private List<Path> stored() throws IOException {
        Path root = folder.resolve("objects/uploads");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        }
    }

    private void assertNothingHalfDone() throws IOException {
        assertThat(folder.resolve("spool")).isEmptyDirectory();
        assertThat(new UploadTable(database, TestDatabases.TENANT).unsettled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void aValueOfAnyLengthIsGivenBack(int length) throws IOException {
        byte[] value = random(length);

        UploadedObject taken = take(uploads, value);

        assertThat(taken.digest()).isEqualTo(Digest.of(value));
        assertThat(taken.bytes()).isEqualTo(length);
        assertThat(content(taken)).isEqualTo(value);
        UploadedObject found =
                uploads(database, objects, 0).find(Digest.of(value)).orElseThrow();
        assertThat(found.bytes()).isEqualTo(length);
        assertThat(content(found)).isEqualTo(value);
        assertNothingHalfDone();
    }

    @Test
    void theSameBytesTwiceAreOneObject() throws IOException {
        UploadedObject first = take(uploads, random(100_000));
        UploadedObject second = take(uploads, random(100_000));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(stored()).hasSize(1);
        take(uploads, random(100_001));
        assertThat(stored()).hasSize(2);
        assertNothingHalfDone();
    }

    @Test
    void theStoreOfObjectsHoldsNeitherContentNorDigestNorAnythingUnderLock() throws IOException {
        byte[] value = "john.doe@example.com ".repeat(10_000).getBytes(UTF_8);
        take(uploads, value);

        Path file = stored().getFirst();
        assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("john.doe", "example");
        assertThat(file.toString()).doesNotContain(Digest.of(value).hex());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .as("readable for the owner alone, and not locked")
                .isEqualTo("r--------");
    }

    @Test
    void aChangedByteIsNoticedBeforeItIsGiven() throws IOException {
        UploadedObject taken = take(uploads, random(100_000));
        Path file = stored().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[70_000] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);

        assertThatThrownBy(() -> content(taken)).isInstanceOf(IOException.class).hasMessageContaining("changed");
    }

    @Test
    void aBodyThatBreaksLeavesNothing() throws IOException {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(random(200_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });

        assertThatThrownBy(() -> uploads.take(broken)).hasMessage("cut");
        assertThat(stored()).isEmpty();
        assertNothingHalfDone();
    }

    @Test
    void aFullDiskAndAStoreThatDoesNotAnswerAreToldAndLeaveNothing() throws IOException {
        Uploads full = uploads(database, objects, Long.MAX_VALUE);
        Uploads cutOff = uploads(
                database,
                new StepByStep(() -> {
                    throw new IOException("no answer");
                }),
                0);

        assertUnavailable(full);
        assertUnavailable(cutOff);
        assertThat(stored()).isEmpty();
        assertNothingHalfDone();
        assertThat(content(take(uploads, random(1_000)))).isEqualTo(random(1_000));
    }

    private static void assertUnavailable(Uploads into) {
        assertThatThrownBy(() -> take(into, random(1_000)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.STORAGE_UNAVAILABLE));
    }

    @Test
    void withoutTheKeysNothingIsGiven() throws IOException {
        take(uploads, random(1_000));
        keys.destroy();

        assertThatThrownBy(() -> content(uploads.find(Digest.of(random(1_000))).orElseThrow()))
                .isInstanceOf(KeyUnavailableException.class);
    }

    @Test
    void ofTwoThatBringTheSameBytesAtOnceBothGetTheOneObject() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Uploads racing = uploads(
                database,
                new StepByStep(() -> {
                    try {
                        both.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }),
                0);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<UploadedObject> one = threads.submit(() -> take(racing, random(1_000)));
            Future<UploadedObject> other = threads.submit(() -> take(racing, random(1_000)));

            assertThat(content(one.get())).isEqualTo(random(1_000));
            assertThat(content(other.get())).isEqualTo(random(1_000));
        }
        assertThat(stored()).hasSize(1);
        assertNothingHalfDone();
    }

    /** Killed before and after each step that leaves something behind, from the first to the answer. */
    @Test
    void aKillAtAnyStepIsHarmless() throws IOException {
        int step = 1;
        boolean killed = true;
        for (; killed; step++) {
            byte[] value = random(1_000 + step);
            int[] left = {step};
            Step dying = () -> {
                if (--left[0] == 0) {
                    throw new Killed();
                }
            };
            Uploads mortal = uploads(new StepsOfATable(dying), new StepByStep(dying), 0);
            try {
                take(mortal, value);
                killed = false;
            } catch (Killed e) {
                Files.writeString(folder.resolve("spool/left-behind"), "half a value");
            }

            Uploads next = uploads(database, objects, 0);
            next.sweep();
            assertNothingHalfDone();
            assertThat(take(next, value).digest()).isEqualTo(Digest.of(value));
            assertThat(content(next.find(Digest.of(value)).orElseThrow())).isEqualTo(value);
            assertThat(stored()).hasSize(step);
        }
        assertThat(step)
                .as("begin, put and settle, before and after, and once to the end")
                .isEqualTo(8);
    }

    @Test
    void whatNoRecordRefersToWithinItsTimeIsGoneAndMayComeAgain() throws IOException {
        UnreferredUploads housekeeping = new UnreferredUploads(uploads, Duration.ofHours(24), now::get);
        Digest referred = take(uploads, random(1_000)).digest();
        Digest again = take(uploads, random(1_001)).digest();
        Digest never = take(uploads, random(1_002)).digest();
        assertThat(uploads.refer(referred)).isTrue();
        assertThat(uploads.refer(Digest.of(random(7)))).isFalse();
        now.updateAndGet(time -> time.plus(Duration.ofHours(20)));
        take(uploads, random(1_000));
        take(uploads, random(1_001));
        now.updateAndGet(time -> time.plus(Duration.ofHours(4)));
        housekeeping.forget();
        assertThat(stored()).as("not before its time").hasSize(3);

        now.updateAndGet(time -> time.plusMillis(1));
        housekeeping.forget();

        assertThat(uploads.find(never)).isEmpty();
        assertThat(uploads.refer(never)).isFalse();
        assertThat(content(uploads.find(referred).orElseThrow())).isEqualTo(random(1_000));
        assertThat(content(uploads.find(again).orElseThrow())).isEqualTo(random(1_001));
        assertThat(stored()).hasSize(2);
        assertNothingHalfDone();
        assertThat(take(uploads, random(1_002)).digest()).isEqualTo(never);
        assertThat(uploads.refer(never)).isTrue();
        now.updateAndGet(time -> time.plus(Duration.ofDays(400)));
        housekeeping.forget();
        assertThat(uploads.find(again)).isEmpty();
        assertThat(content(uploads.find(never).orElseThrow())).isEqualTo(random(1_002));
        assertThat(content(uploads.find(referred).orElseThrow())).isEqualTo(random(1_000));
    }

    @Test
    void aPieceIsWhatTheWholeHasThere() throws IOException {
        byte[] value = random(200_000);
        UploadedObject taken = take(uploads, value);
        for (int from : new int[] {0, 1, 65_535, 65_536, 130_000, 199_999, 200_000}) {
            try (InputStream in = taken.content().from(from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(value, from, value.length));
            }
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @FunctionalInterface
    private interface Step {
        void pass() throws IOException;
    }

    /** The store, with a step before and after each put. */
    private final class StepByStep implements ObjectStore {
        private final Step step;

        StepByStep(Step step) {
            this.step = step;
        }

        @Override
        public void put(String name, byte[] content, Protection protection) throws IOException {
            objects.put(name, content, protection);
        }

        @Override
        public void put(String name, InputStream content, long length, Protection protection) throws IOException {
            step.pass();
            objects.put(name, content, length, protection);
            step.pass();
        }

        @Override
        public Optional<InputStream> get(String name, long offset) throws IOException {
            return objects.get(name, offset);
        }

        @Override
        public Optional<Long> length(String name) throws IOException {
            return objects.length(name);
        }

        @Override
        public void delete(String name) throws IOException {
            objects.delete(name);
        }
    }

    /** The database, with a step before and after each durable transaction. */
    private final class StepsOfATable implements Database {
        private final Step step;

        StepsOfATable(Step step) {
            this.step = step;
        }

        private void pass() {
            try {
                step.pass();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public <T extends @Nullable Object> T durable(Work<T> work) {
            pass();
            T result = database.durable(work);
            pass();
            return result;
        }

        @Override
        public Engine engine() {
            return database.engine();
        }

        @Override
        public <T extends @Nullable Object> T read(Work<T> work) {
            return database.read(work);
        }

        @Override
        public <T extends @Nullable Object> T write(Work<T> work) {
            return database.write(work);
        }

        @Override
        public <T extends @Nullable Object> T owner(Work<T> work) {
            return database.owner(work);
        }

        @Override
        public Connection connectOwner() throws SQLException {
            return database.connectOwner();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
