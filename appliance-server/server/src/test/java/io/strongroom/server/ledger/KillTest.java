package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that appends, as hard as the system can, at moments that nobody chose; again and again over one
 * ledger. More rounds: {@code -Dstrongroom.kill.rounds=100}.
 */
final class KillTest {
    private static final int ROUNDS = Integer.getInteger("strongroom.kill.rounds", 3);
    private static final int MAX_MILLIS_UNDER_LOAD = 1_000;

    @TempDir
    private Path folder;

    private final Map<String, String> acknowledged = new HashMap<>();
    private final Set<String> ridden = new HashSet<>();
    private final Random random = new Random();

    @Test
    void everyAcknowledgedRecordIsThereOnceAfterAKillOnH2() throws Exception {
        killRepeatedly(List.of());
    }

    @Test
    void everyAcknowledgedRecordIsThereOnceAfterAKillOnPostgres() throws Exception {
        Postgres postgres = TestDatabases.freshPostgres();
        killRepeatedly(List.of(
                postgres.url(),
                postgres.owner().user(),
                String.valueOf(postgres.owner().password()),
                String.valueOf(postgres.appPassword())));
    }

    private void killRepeatedly(List<String> location) throws Exception {
        KillChild.makeKeys(folder);
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(round, location);
        }
        verify(location);
    }

    private void runAndKill(int round, List<String> location) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KillChild.class.getName(),
                folder.toString(),
                String.valueOf(round)));
        command.addAll(location);
        Process child = new ProcessBuilder(command)
                .redirectError(folder.resolve("child-" + round + ".log").toFile())
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            assertThat(first)
                    .as("the child of round %d acknowledged something", round)
                    .isNotNull();
            // The moment is the test's subject; nothing depends on how far the child has come by then.
            Thread killer = Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(MAX_MILLIS_UNDER_LOAD)).toNanos());
                // By its handle: the process's own method closes the stream, and what it last said would be lost.
                child.toHandle().destroyForcibly();
            });
            for (String line = first; line != null; line = lines.readLine()) {
                // The last line may be cut; what the child said in full it said after the acknowledgement.
                take(line);
            }
            killer.join();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private void take(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 5 && parts[4].equals(".")) {
            ridden.add(parts[1] + " " + parts[2] + " " + parts[3]);
        }
        if (parts.length == 4 && parts[3].length() == 2 * Digest.BYTES) {
            String answer = parts[2] + " " + parts[3];
            String earlier = acknowledged.put(parts[0] + " " + parts[1], answer);
            assertThat(earlier == null || earlier.equals(answer))
                    .as("the answers for %s %s agree: %s and %s", parts[0], parts[1], earlier, answer)
                    .isTrue();
        }
    }

    private void verify(List<String> location) throws IOException, InterruptedException {
        try (JdbcDatabase database = JdbcDatabase.open(KillChild.location(folder, location), TestDatabases.TENANT)) {
            // Opening recovers and compares with the checkpoint; then everything is read from the first entry on.
            OpenLedger ledger = KillChild.open(database, folder);
            long size = ledger.reader().size();
            assertThat(ledger.checkpointer().await(size, Duration.ofSeconds(30)).size())
                    .isEqualTo(size);
            LedgerVerification.Outcome verified =
                    new LedgerVerification(ledger.checkpointer()::log, ledger.tables()).verify(0, size);
            ledger.close();
            assertThat(verified.failure()).isNull();
            assertThat(verified.bodies()).isEqualTo(size);
            Set<String> found = new HashSet<>();
            long expected = 0;
            for (LedgerReader.Row row : LedgerFixture.stored(database, false)) {
                assertThat(row.entry().seq()).isEqualTo(expected++);
                if (row.entry().sourceSeq() != null) {
                    String key = row.entry().source() + " " + row.entry().sourceSeq();
                    assertThat(found.add(key)).as("%s is there once", key).isTrue();
                    String answer = acknowledged.remove(key);
                    if (answer != null) {
                        assertThat(row.entry().seq() + " "
                                        + row.entry().record().hex())
                                .isEqualTo(answer);
                    }
                }
            }
            assertThat(acknowledged.keySet()).as("acknowledged and lost").isEmpty();
            assertThat(LedgerFixture.storedKeys(database))
                    .as("the data keys that committed records need, and no other")
                    .isEqualTo(LedgerFixture.neededKeys(database));
            assertThat(found).isNotEmpty();
            Set<String> rows = LedgerFixture.ridden(database);
            assertThat(rows).as("rows that rode with what was acknowledged").containsAll(ridden);
            for (String row : rows) {
                String[] parts = row.split(" ", -1);
                long from = Long.parseLong(parts[1]);
                for (long sequence = from; sequence < from + Long.parseLong(parts[2]); sequence++) {
                    assertThat(found).as("a record whose row is there").contains(parts[0] + " " + sequence);
                }
            }
        }
    }
}
