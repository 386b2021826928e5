package io.strongroom.agent.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.witness.Witness.Outcome;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.004Z");

    @TempDir
    private Path data;

    private final List<Json.Obj> raised = new ArrayList<>();
    private boolean queueIsFull;

    @BeforeEach
    void folder() throws IOException {
        DurableFile.createFolder(data.resolve("identity"));
    }

    private void raise(Json.Obj incident) throws IOException {
        if (queueIsFull) {
            throw new IOException("no room");
        }
        raised.add(incident);
    }

    /** As after a start: a witness keeps nothing but its folder. */
    private Outcome look(WatchedLog log) throws IOException, InterruptedException {
        return new Witness("dev-a", new WitnessFolder(data), log, this::raise, () -> NOW, new SecureRandom()).look();
    }

    private VerifierKey key() throws IOException {
        VerifyingKey key = new WitnessFolder(data).key(new SecureRandom()).verifyingKey();
        return VerifierKey.of("dev-a", KeyType.ED25519_COSIGNATURE, key);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parseText(note.text()).size();
    }

    private void assertIncident(String rule) throws IOException {
        Json.Obj found = new WitnessFolder(data).incident().orElseThrow();
        assertThat(found.text("rule")).isEqualTo(rule);
        assertThat(found.text("severity")).isEqualTo("S1");
        assertThat(raised).hasSize(1);
        assertThat(raised.getFirst().text("shown")).isNotEmpty();
    }

    @Test
    void aCheckpointThatContinuesTheLogIsCosignedOnceAndItsKeyBoundFirst() throws Exception {
        TestLog log = new TestLog();
        assertThat(look(log)).isEqualTo(Outcome.NOTHING_NEW);
        assertThat(log.bound).isEqualTo(1);
        log.grow("a", "b", "c");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        assertThat(look(log)).isEqualTo(Outcome.NOTHING_NEW);
        log.grow("d", "e");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        assertThat(log.posted).extracting(WitnessTest::size).containsExactly(3L, 5L);
        assertThat(log.posted).allSatisfy(note -> {
            assertThat(note.signatures()).hasSize(1);
            assertThat(note.verifiedBy(List.of(key()))).containsExactly(key());
        });
        assertThat(log.bound).isEqualTo(1);
        assertThat(raised).isEmpty();
    }

    @Test
    void whatWasKeptAndNotHandedOverIsHandedOverByTheNextLook() throws Exception {
        TestLog log = new TestLog().grow("a", "b");
        log.postFails = true;
        assertThatThrownBy(() -> look(log)).isInstanceOf(IOException.class);
        assertThat(new WitnessFolder(data).head().map(WitnessTest::size)).hasValue(2L);
        log.postFails = false;
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
    }

    /** Killed between keeping the checkpoint and handing the cosignature over: what was kept holds. */
    @Test
    void aKillAfterTheCheckpointWasKeptLosesNothingAndSignsNothingElse() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Killed.class.getName(),
                        data.toString())
                .inheritIO()
                .start();
        assertThat(killed.waitFor()).isEqualTo(Killed.EXIT);
        TestLog log = TestLog.seeded().grow("a", "b", "c");
        assertThat(new WitnessFolder(data).head().map(SignedNote::text))
                .hasValue(log.note().text());

        assertThat(look(log.fork(2).grow("x"))).as("another history").isEqualTo(Outcome.CONTRADICTED);
        assertThat(new WitnessFolder(data).resolve(false)).isPresent();
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
    }

    /** What is killed. */
    static final class Killed {
        static final int EXIT = 9;

        private Killed() {}

        public static void main(String[] arguments) throws Exception {
            Path data = Path.of(arguments[0]);
            TestLog log = TestLog.seeded().grow("a", "b", "c");
            log.beforePost = () -> Runtime.getRuntime().halt(EXIT);
            Outcome unused = new Witness(
                            "dev-a", new WitnessFolder(data), log, incident -> {}, () -> NOW, new SecureRandom())
                    .look();
        }
    }

    @Test
    void twoHistoriesOfOneSizeAreFoundAndBothAreKeptAndNothingMoreIsSigned() throws Exception {
        TestLog log = new TestLog().grow("a", "b", "c");
        TestLog fork = log.fork(2).grow("x");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);

        assertThat(look(fork)).isEqualTo(Outcome.CONTRADICTED);

        assertIncident(Contradiction.FORK);
        assertThat(raised.getFirst().text("kept")).isEqualTo(log.note().render());
        assertThat(raised.getFirst().text("shown")).isEqualTo(fork.note().render());
        log.grow("d");
        assertThat(look(log)).as("though it is the log again").isEqualTo(Outcome.CONTRADICTED);
        assertThat(log.posted).hasSize(1);
        assertThat(fork.posted).isEmpty();
        assertThat(raised).as("told once").hasSize(1);
    }

    @Test
    void aLongerHistoryThatDoesNotContinueTheOneThatWasSeenIsFound() throws Exception {
        TestLog log = new TestLog().grow("a", "b", "c");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        assertThat(look(log.fork(2).grow("x", "d", "e"))).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.FORK);
    }

    @Test
    void anOlderLogIsFound() throws Exception {
        TestLog log = new TestLog().grow("a", "b", "c");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        assertThat(look(log.fork(2))).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.ROLLBACK);
    }

    @Test
    void anotherLogAndAStrangersKeyAreFound() throws Exception {
        TestLog log = new TestLog().grow("a");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        TestLog stranger = new TestLog().grow("a", "b");
        assertThat(look(stranger)).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.SIGNATURE);
        assertThat(new WitnessFolder(data).resolve(false)).isPresent();
        raised.clear();
        log.origin = "vault.example/acme/99999999";
        assertThat(look(log)).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.REPLACED);
    }

    @Test
    void aKeyThatTheOneBeforeAnnouncesIsFollowedAndNoOther() throws Exception {
        TestLog log = new TestLog().grow("a");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        log.rotate(true).rotate(true).grow("b");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        log.rotate(false).grow("c");
        assertThat(look(log)).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.SIGNATURE);
    }

    @Test
    void anOperatorResolvesItAndTheProofStays() throws Exception {
        TestLog log = new TestLog().grow("a", "b", "c");
        TestLog restored = log.fork(2).grow("z");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        assertThat(look(restored)).isEqualTo(Outcome.CONTRADICTED);
        Path aside = new WitnessFolder(data).resolve(true).orElseThrow();
        assertThat(Files.readString(aside.resolve("incident.json"))).contains(Contradiction.FORK);
        assertThat(aside.resolve("head.note")).hasContent(log.note().render());
        assertThat(look(restored)).isEqualTo(Outcome.COSIGNED);
        assertThat(new WitnessFolder(data).resolve(true)).isEmpty();
        assertThat(look(log.grow("d"))).isEqualTo(Outcome.CONTRADICTED);
    }

    @Test
    void whatCannotBeToldAtOnceIsToldByTheNextLook() throws Exception {
        TestLog log = new TestLog().grow("a", "b");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        queueIsFull = true;
        assertThatThrownBy(() -> look(log.fork(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> look(log)).isInstanceOf(IOException.class);
        queueIsFull = false;
        assertThat(look(log)).isEqualTo(Outcome.CONTRADICTED);
        assertIncident(Contradiction.ROLLBACK);
    }

    @Test
    void damagedFilesEndTheWitnessingAndNotTheMemory() throws Exception {
        TestLog log = new TestLog().grow("a", "b");
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
        for (String name : List.of("head.note", "log.json", "incident.json")) {
            Path file = data.resolve("witness").resolve(name);
            byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
            Files.writeString(file, "rubbish");
            log.grow("more " + name);
            assertThatThrownBy(() -> look(log)).as(name).isInstanceOf(IOException.class);
            if (before == null) {
                Files.delete(file);
            } else {
                Files.write(file, before);
            }
        }
        assertThat(log.posted).hasSize(1);
        assertThat(look(log)).isEqualTo(Outcome.COSIGNED);
    }

    /** Whatever histories are shown, in whatever order: all that was ever cosigned lies on one. */
    @Property(tries = 100)
    void nothingIsCosignedThatContradictsWhatWas(
            @ForAll @IntRange(min = 1, max = 12) int common, @ForAll List<@IntRange(min = 0, max = 5) Integer> shown)
            throws Exception {
        data = Files.createTempDirectory("witness");
        folder();
        TestLog one = new TestLog();
        for (int i = 0; i < common; i++) {
            one.grow("entry " + i);
        }
        TestLog other = one.fork(common);
        List<SignedNote> signed = new ArrayList<>();
        for (int step : shown) {
            TestLog log = step % 2 == 0 ? one : other;
            for (int i = 0; i < step; i++) {
                log.grow(step % 2 == 0 ? "one" : "other");
            }
            if (look(log) == Outcome.COSIGNED) {
                signed.add(log.posted.getLast());
            }
        }
        for (SignedNote note : signed) {
            assertThat(one.has(note) || other.has(note)).isTrue();
        }
        assertThat(signed.stream().allMatch(one::has) || signed.stream().allMatch(other::has))
                .isTrue();
        DurableFile.removeFolder(data);
    }
}
