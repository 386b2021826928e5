package io.strongroom.server.ingest;

import static io.strongroom.server.ingest.Intake.SENDER;
import static io.strongroom.server.ingest.Intake.bytes;
import static io.strongroom.server.ingest.Intake.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Appended;
import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BoundedStream;
import io.strongroom.server.body.DrippingStream;
import io.strongroom.server.ledger.LedgerClosedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchRunTest {
    private final Intake fakes = new Intake();

    @Test
    void each_line_has_its_result_in_input_order() throws Exception {
        List<LineResult> results = run(lines(1000));

        assertThat(results).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            LineResult result = results.get(i);
            assertThat(result.line()).isEqualTo(i + 1);
            assertThat(result.status()).isEqualTo(LineStatus.APPENDED);
            assertThat(appended(result).seq()).isEqualTo(i);
        }
        assertThat(fakes.ledger.committed())
                .extracting(draft -> draft.sourceSeq())
                .startsWith(0L, 1L, 2L);
    }

    @Test
    void bad_lines_spoil_no_good_ones() throws Exception {
        List<LineResult> results = run(String.join(
                "\n",
                line(1),
                "{not json",
                line(2),
                "",
                line(3).replace("orders", "billing"),
                "x".repeat(200_000),
                line(4).replace("{\"source\"", "{\"tenantId\":\"other\",\"source\""),
                line(1),
                line(1).replace("u1", "u2"),
                line(5) + "\r"));

        assertThat(results)
                .extracting(LineResult::status)
                .containsExactly(
                        LineStatus.APPENDED,
                        LineStatus.REJECTED,
                        LineStatus.APPENDED,
                        LineStatus.REJECTED,
                        LineStatus.REJECTED,
                        LineStatus.REJECTED,
                        LineStatus.QUARANTINED,
                        LineStatus.REPLAYED,
                        LineStatus.CONFLICT,
                        LineStatus.APPENDED);
        assertThat(results.stream()
                        .map(LineResult::problem)
                        .filter(Objects::nonNull)
                        .map(Problem::code))
                .containsExactly(
                        "malformed-json",
                        "malformed-json",
                        "source-not-allowed",
                        "record-too-large",
                        "tenant-mismatch",
                        "idempotency-conflict");
        assertThat(problem(results.get(6)).extensions().text("evidenceRef")).isEqualTo("quarantine/1");
        assertThat(problem(results.get(8)).extensions().text("firstMac"))
                .isNotEqualTo(problem(results.get(8)).extensions().text("thisMac"));
        assertThat(fakes.guard.notes)
                .containsExactlyInAnyOrder(
                        ProblemType.SOURCE_NOT_ALLOWED, ProblemType.TENANT_MISMATCH, ProblemType.IDEMPOTENCY_CONFLICT);
        assertThat(fakes.ledger.committed()).hasSize(3);
    }

    @Test
    void repeating_a_batch_appends_nothing_twice() throws Exception {
        List<LineResult> first = run(lines(300));
        List<LineResult> second = run(lines(300));

        assertThat(second).extracting(LineResult::status).containsOnly(LineStatus.REPLAYED);
        for (int i = 0; i < 300; i++) {
            assertThat(appended(second.get(i)).seq())
                    .isEqualTo(appended(first.get(i)).seq());
        }
        assertThat(fakes.ledger.committed()).hasSize(300);
    }

    @Test
    void a_sender_that_waits_for_each_answer_gets_it() throws Exception {
        try (PipedOutputStream out = new PipedOutputStream()) {
            BatchRun batch = start(new PipedInputStream(out));
            for (int i = 1; i <= 5; i++) {
                out.write(bytes(line(i) + "\n"));
                out.flush();
                assertThat(Objects.requireNonNull(batch.next()).line()).isEqualTo(i);
            }
            out.close();
            assertThat(batch.next()).isNull();
        }
    }

    @Test
    void while_a_group_commits_the_next_gathers() throws Exception {
        fakes.ledger.hold();
        try (PipedOutputStream out = new PipedOutputStream()) {
            BatchRun batch = start(new PipedInputStream(out, 1 << 20));
            List<LineResult> results = new ArrayList<>();
            Thread taker = Thread.ofVirtual().start(() -> results.addAll(take(batch)));
            out.write(bytes(line(0) + "\n"));
            out.flush();
            await().until(() -> fakes.ledger.waiting() == 1);
            out.write(bytes(linesFrom(1, 100)));
            out.close();
            await().until(() -> fakes.ledger.waiting() == 101);
            fakes.ledger.commit();
            taker.join();

            assertThat(results).hasSize(101);
            assertThat(fakes.ledger.sizes()).containsExactly(1, 100);
        }
    }

    @Test
    void nobody_who_reads_late_stops_the_reading() throws Exception {
        BatchRun batch = new BatchRun(fakes.intake, SENDER);

        batch.read(new ByteArrayInputStream(bytes(lines(9_999))));

        assertThat(fakes.ledger.committed()).hasSize(9_999);
        assertThat(take(batch)).hasSize(9_999);
    }

    @Test
    void no_more_than_ten_thousand_lines_are_read() throws Exception {
        List<LineResult> results = run(lines(10_002));

        assertThat(results).hasSize(10_001);
        assertThat(results.get(9_999).status()).isEqualTo(LineStatus.APPENDED);
        assertThat(problem(results.get(10_000)).code()).isEqualTo("batch-too-large");
        assertThat(fakes.ledger.committed()).hasSize(10_000);
    }

    @Test
    void no_more_than_64_MiB_are_read() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        BatchRun batch = new BatchRun(fakes.intake, SENDER);
        batch.read(new BoundedStream(endless, BatchRun.MOST_BYTES));

        assertThat(take(batch)).extracting(result -> problem(result).code()).containsExactly("batch-too-large");
    }

    @Test
    void a_cut_connection_leaves_the_prefix_and_nothing_of_the_cut_line() throws Exception {
        byte[] whole = bytes(line(1) + "\n" + line(2) + "\n" + line(3));
        InputStream cut = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == whole.length) {
                    throw new BodyCutException(new IOException("reset"));
                }
                return whole[at++];
            }
        };
        BatchRun batch = new BatchRun(fakes.intake, SENDER);
        batch.read(cut);

        assertThat(take(batch))
                .extracting(LineResult::status)
                .containsExactly(LineStatus.APPENDED, LineStatus.APPENDED, LineStatus.REJECTED);
        assertThat(fakes.ledger.committed())
                .extracting(draft -> draft.sourceSeq())
                .containsExactly(1L, 2L);
    }

    @Test
    void a_full_queue_puts_lines_off_and_takes_those_behind_them_when_it_can() throws Exception {
        fakes.ledger.capacity(10);
        BatchRun batch = new BatchRun(fakes.intake, SENDER);

        batch.read(new ByteArrayInputStream(bytes(lines(260))));

        List<LineResult> results = take(batch);

        assertThat(results).hasSize(260);
        assertThat(results.subList(0, 256)).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(LineStatus.RETRY);
            assertThat(result.retryAfterSeconds()).isEqualTo(2);
            assertThat(problem(result).code()).isEqualTo("overloaded");
        });
        assertThat(results.subList(256, 260)).extracting(LineResult::status).containsOnly(LineStatus.APPENDED);
    }

    @Test
    void a_ledger_that_stops_leaves_lines_to_be_sent_again() throws Exception {
        fakes.ledger.hold();
        BatchRun batch = start(new ByteArrayInputStream(bytes(lines(3))));
        List<LineResult> results = new ArrayList<>();
        Thread taker = Thread.ofVirtual().start(() -> results.addAll(take(batch)));
        await().until(() -> fakes.ledger.waiting() > 0);
        while (taker.isAlive()) {
            fakes.ledger.fail(new LedgerClosedException("stopped"));
            taker.join(1);
        }

        assertThat(results).hasSize(3).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(LineStatus.RETRY);
            assertThat(problem(result).code()).isEqualTo("ledger-unavailable");
        });
    }

    @Test
    void results_are_lines_of_json() throws Exception {
        BatchRun batch = new BatchRun(fakes.intake, SENDER);
        batch.read(new ByteArrayInputStream(bytes(line(1) + "\nx\n")));
        String answer = new String(new ResultStream(batch).readAllBytes(), StandardCharsets.UTF_8);

        List<String> lines = answer.lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .matches("\\{\"line\":1,\"status\":\"appended\",\"recordId\":\"[0-9A-Z]{26}\","
                        + "\"seq\":0,\"recordDigest\":\"sha256:[0-9a-f]{64}\"}");
        assertThat(lines.getLast()).startsWith("{\"line\":2,\"status\":\"rejected\",\"problem\":{\"type\":");
        assertThat(answer).endsWith("\n");
    }

    private List<LineResult> run(String text) {
        BatchRun batch = start(new DrippingStream(bytes(text), 1000));
        return take(batch);
    }

    private BatchRun start(InputStream body) {
        BatchRun batch = new BatchRun(fakes.intake, SENDER);
        Thread.ofVirtual().start(() -> batch.read(body));
        return batch;
    }

    private static List<LineResult> take(BatchRun batch) {
        List<LineResult> results = new ArrayList<>();
        try {
            for (LineResult result = batch.next(); result != null; result = batch.next()) {
                results.add(result);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return results;
    }

    private static String lines(int count) {
        return linesFrom(0, count);
    }

    private static String linesFrom(int first, int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(first, first + count).forEach(i -> text.append(line(i)).append('\n'));
        return text.toString();
    }

    private static Appended appended(LineResult result) {
        return Objects.requireNonNull(result.appended());
    }

    private static Problem problem(LineResult result) {
        return Objects.requireNonNull(result.problem());
    }
}
