package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGTERM while records are under way, to the real program. */
class OrderlyStopTest {
    private static final String TENANT = ApplianceFixture.TENANT;
    private static final int WAITING = 20;

    @TempDir
    Path folder;

    /** The head's row is held, so that nothing commits until the test says so. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whoWaitsForACommitIsAnsweredAndNobodyElseIsLetIn(HttpClient.Version version) throws Exception {
        Postgres postgres = TestDatabases.freshPostgres();
        try (StrongroomProcess process = start(options(postgres))) {
            RecordSender sender = new RecordSender(process.awaitReady(data()), version);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            try (Connection owner = owner(postgres);
                    Statement statement = owner.createStatement()) {
                statement.execute("SELECT size FROM strongroom.ledger_head FOR UPDATE");
                answers.add(sender.append(0));
                await().atMost(StrongroomProcess.PATIENCE).until(() -> someoneWaits(statement));
                for (int i = 1; i < WAITING; i++) {
                    answers.add(sender.append(i));
                }
                await().atMost(StrongroomProcess.PATIENCE).until(() -> sender.waitingRecords() == WAITING - 1);

                process.terminate();
                await().atMost(StrongroomProcess.PATIENCE).until(() -> refuses(sender.url()));
                assertThatThrownBy(() -> sender.append(WAITING).join()).hasCauseInstanceOf(IOException.class);
                assertThat(answers).noneMatch(CompletableFuture::isDone);
                owner.commit();
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().statusCode()).isEqualTo(201);
            }
            assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(StrongroomProcess.TERMINATED);
            assertThat(process.errors()).doesNotContain("Exception", " WARN ", "\"WARN\"");
            assertThat(data().resolve("run/ready.json")).doesNotExist();

            try (ApplianceFixture again = ApplianceFixture.start(data(), options(postgres))) {
                RecordSender after = sender.at(again.url());
                for (int i = 0; i < WAITING; i++) {
                    assertThat(after.append(i).join().body())
                            .isEqualTo(answers.get(i).join().body());
                }
                assertThat(after.append(WAITING).join().statusCode())
                        .as("what was sent too late was not stored")
                        .isEqualTo(201);
            }
        }
    }

    @Test
    void underLoadEveryAnswerHoldsAndNothingIsCommittedWithoutOne() throws Exception {
        try (StrongroomProcess process = start()) {
            Json.Obj notice = process.awaitReady(data());
            RecordSender sender = new RecordSender(notice, HttpClient.Version.HTTP_2);
            RecordSender old = sender.speaking(HttpClient.Version.HTTP_1_1);
            AtomicInteger numbers = new AtomicInteger();
            Map<Integer, String> answered = new ConcurrentHashMap<>();
            Map<Integer, String> unanswered = new ConcurrentHashMap<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                RecordSender each = i % 2 == 0 ? sender : old;
                threads.add(Thread.ofVirtual().start(() -> {
                    while (true) {
                        int number = numbers.getAndIncrement();
                        HttpResponse<String> answer;
                        try {
                            answer = each.append(number).join();
                        } catch (CompletionException e) {
                            unanswered.put(number, String.valueOf(e.getCause()));
                            return;
                        }
                        if (answer.statusCode() == 201) {
                            answered.put(number, answer.body());
                        } else {
                            unanswered.put(number, answer.body());
                        }
                    }
                }));
            }
            await().atMost(StrongroomProcess.PATIENCE).until(() -> answered.size() > 10 * WAITING);
            process.terminate();
            assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(StrongroomProcess.TERMINATED);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(process.errors()).doesNotContain("Exception");

            try (ApplianceFixture again = ApplianceFixture.start(data())) {
                RecordSender after = sender.at(again.url());
                List<Integer> sent = List.copyOf(answered.keySet());
                // Some at once: one after the other would wait for a commit each.
                for (int i = 0; i < sent.size(); i += WAITING) {
                    List<Integer> some = sent.subList(i, Math.min(sent.size(), i + WAITING));
                    List<CompletableFuture<HttpResponse<String>>> replayed =
                            some.stream().map(after::append).toList();
                    for (int j = 0; j < some.size(); j++) {
                        assertThat(replayed.get(j).join().body()).isEqualTo(answered.get(some.get(j)));
                    }
                }
                assertThat(unanswered).isNotEmpty();
                unanswered.forEach((number, reason) -> assertThat(
                                after.append(number).join().statusCode())
                        .as("record %d is new, whose sender got: %s", number, reason)
                        .isEqualTo(201));
            }
        }
    }

    /** The database never answers: the stop ends all the same, and what was told to nobody is told at a repetition. */
    @Test
    void aStopEndsThoughTheDatabaseDoesNotAnswer() throws Exception {
        Postgres postgres = TestDatabases.freshPostgres();
        List<String> soon = new ArrayList<>(List.of(options(postgres)));
        soon.addAll(List.of("--set", "server.stop-seconds=3"));
        try (StrongroomProcess process = start(soon.toArray(String[]::new))) {
            RecordSender sender = new RecordSender(process.awaitReady(data()), HttpClient.Version.HTTP_2);
            String first = sender.append(0).join().body();
            CompletableFuture<HttpResponse<String>> cut;
            try (Connection owner = owner(postgres);
                    Statement statement = owner.createStatement()) {
                statement.execute("SELECT size FROM strongroom.ledger_head FOR UPDATE");
                cut = sender.append(1);
                await().atMost(StrongroomProcess.PATIENCE).until(() -> someoneWaits(statement));
                process.terminate();
                assertThat(process.awaitEnd()).isEqualTo(StrongroomProcess.CUT_SHORT);
                assertThat(process.errors()).contains("longer than 3 s", "what was acknowledged is safe");
                owner.rollback();
            }
            assertThatThrownBy(cut::join).hasCauseInstanceOf(IOException.class);
            try (ApplianceFixture again = ApplianceFixture.start(data(), options(postgres))) {
                RecordSender after = sender.at(again.url());
                assertThat(after.append(0).join().body()).isEqualTo(first);
                assertThat(after.append(1).join().statusCode()).isIn(200, 201);
            }
        }
    }

    @Test
    void aStopDuringTheStartLeavesNoDatabaseRunning() throws Exception {
        try (StrongroomProcess process = start("--postgres")) {
            Path running = data().resolve("postgres/data/postmaster.pid");
            await().atMost(StrongroomProcess.PATIENCE).until(() -> Files.exists(running));
            process.terminate();
            assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(StrongroomProcess.TERMINATED);
            assertThat(running).doesNotExist();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private StrongroomProcess start(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--data", data().toString(), "--port", "0", "--tenant", TENANT));
        arguments.addAll(List.of(options));
        return StrongroomProcess.run(folder, Map.of(), arguments.toArray(String[]::new));
    }

    private static String[] options(Postgres postgres) {
        return new String[] {
            "--database-url",
            postgres.url(),
            "--set",
            "database.owner-password=" + postgres.owner().password(),
            "--set",
            "database.app-password=" + postgres.appPassword()
        };
    }

    private static Connection owner(Postgres postgres) throws Exception {
        Connection connection = DriverManager.getConnection(
                postgres.url(), postgres.owner().user(), postgres.owner().password());
        connection.setAutoCommit(false);
        return connection;
    }

    /** Whether the sequencer's transaction has come to the row that is held. */
    private static boolean someoneWaits(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private static boolean refuses(URI url) {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
