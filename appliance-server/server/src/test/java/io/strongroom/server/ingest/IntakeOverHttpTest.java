package io.strongroom.server.ingest;

import static io.strongroom.server.ingest.Intake.bytes;
import static io.strongroom.server.ingest.Intake.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import io.strongroom.api.Appended;
import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intake on the whole appliance, as a sender meets it. */
@Timeout(120)
class IntakeOverHttpTest {
    private static final String RECORDS = "/api/v1/audit/records";
    private static final String BATCH = "/api/v1/audit/records:batch";
    private static final AtomicLong SEQUENCE = new AtomicLong();

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;
    private static String token;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"));
        token = appliance.token(Set.of(Scope.INGEST), "orders");
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    // --- One record

    @Test
    void a_record_is_answered_with_its_place_and_a_repetition_with_the_same() {
        String document = line(next());
        HttpResponse<String> first = post(document, "Idempotency-Key", "one");
        HttpResponse<String> again = post(document, "X-Idempotency-Key", "one");
        HttpResponse<String> other = post(line(next()), "Idempotency-Key", "one");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(Appended.fromJson(json(first), false).recordDigest()).startsWith("sha256:");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(problem(other).code()).isEqualTo("idempotency-conflict");
        assertThat(problem(other).extensions().text("firstMac"))
                .isNotEqualTo(problem(other).extensions().text("thisMac"));
    }

    @Test
    void what_is_wrong_is_told_by_a_problem() {
        assertProblem(post(line(next())), 400, "idempotency-required");
        assertProblem(post(line(next()), "Idempotency-Key", "ä"), 400, "invalid-parameter");
        assertProblem(post(line(next()), "Idempotency-Key", "k", "Idempotency-Key", "l"), 400, "invalid-parameter");
        assertProblem(post("{", "Idempotency-Key", "k"), 400, "malformed-json");
        assertProblem(post("", "Idempotency-Key", "k"), 400, "malformed-json");
        assertProblem(post("{\"a\":1}", "Idempotency-Key", "k"), 400, "schema");
        assertProblem(post("x".repeat(65_537), "Idempotency-Key", "k"), 413, "record-too-large");
        assertProblem(
                post(line(next()).replace("orders", "strongroom"), "Idempotency-Key", "k"), 403, "reserved-stream");
        assertProblem(
                post(line(next()).replace("orders", "billing"), "Idempotency-Key", "k"), 403, "source-not-allowed");
        assertProblem(
                appliance.post(RECORDS, line(next()), "Authorization", "Bearer " + token, "Idempotency-Key", "k"),
                400,
                "missing-tenant");
        assertProblem(
                send(HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString("a=b"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Idempotency-Key", "k")),
                415,
                "unsupported-media-type");
        assertProblem(
                post(line(next()), "Idempotency-Key", "k", "Content-Encoding", "br"), 415, "unsupported-encoding");
        assertProblem(
                post(line(next()), "Idempotency-Key", "k", "Content-Encoding", "gzip"), 415, "unsupported-encoding");
    }

    @Test
    void another_tenants_record_goes_to_quarantine() {
        String document = "{\"tenantId\":\"other\"," + line(next()).substring(1);

        HttpResponse<String> answer = post(document, "Idempotency-Key", "k");

        assertProblem(answer, 202, "tenant-mismatch");
        assertThat(problem(answer).extensions().text("evidenceRef")).isNotEmpty();
    }

    @Test
    void the_schemas_are_there_for_anyone_and_name_every_member() {
        String received = appliance.get("/schemas/record-v1.json").body();
        String stored = appliance.get("/schemas/stored-record-v1.json").body();

        Set<String> members =
                Arrays.stream(Member.ALL).map(member -> member.json).collect(Collectors.toSet());
        members.remove(Member.SALT.json);
        assertThat(properties(received)).isEqualTo(members);
        members.removeAll(Set.of("createdAt", "idempotencyKey"));
        members.addAll(Set.of("_sd", "batch", "policy", "receivedAt", "recordId", "salt", "v"));
        assertThat(properties(stored)).isEqualTo(members);
    }

    private static Set<String> properties(String schema) {
        return Json.parseObject(bytes(schema)).object("properties").members().keySet();
    }

    // --- A batch

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_batch_has_a_result_for_each_line_and_repeating_it_is_safe(HttpClient.Version version) {
        String batch = line(next()) + "\n{bad\n" + line(next()) + "\n\n" + line(next()) + "\n" + lines(700);

        List<LineResult> first = results(batch(version, bytes(batch)));
        List<LineResult> second = results(batch(version, bytes(batch)));

        assertThat(first).hasSize(705);
        for (int i = 0; i < first.size(); i++) {
            boolean bad = i == 1 || i == 3;
            assertThat(first.get(i).line()).isEqualTo(i + 1);
            assertThat(first.get(i).status()).isEqualTo(bad ? LineStatus.REJECTED : LineStatus.APPENDED);
            assertThat(second.get(i).status()).isEqualTo(bad ? LineStatus.REJECTED : LineStatus.REPLAYED);
            if (!bad) {
                assertThat(appended(second.get(i)).recordDigest())
                        .isEqualTo(appended(first.get(i)).recordDigest());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_batch_may_come_compressed(HttpClient.Version version) throws IOException {
        assertAllAppended(batch(version, gzip(bytes(lines(500))), "Content-Encoding", "gzip"), 500);
        assertAllAppended(batch(version, Zstd.compress(bytes(lines(500))), "Content-Encoding", "zstd"), 500);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_bomb_is_stopped_and_what_came_before_it_stands(HttpClient.Version version) throws IOException {
        byte[] bomb = new byte[100 << 20];
        byte[] good = bytes(lines(2));
        System.arraycopy(good, 0, bomb, 0, good.length);

        for (HttpResponse<String> answer : List.of(
                batch(version, gzip(bomb), "Content-Encoding", "gzip"),
                batch(version, Zstd.compress(bomb), "Content-Encoding", "zstd"))) {
            List<LineResult> results = results(answer);
            assertThat(results.getFirst().status().acknowledged()).isTrue();
            assertThat(Objects.requireNonNull(results.getLast().problem()).code())
                    .isEqualTo("batch-too-large");
            assertThat(results).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void ten_thousand_lines_are_taken_and_no_more(HttpClient.Version version) {
        List<LineResult> results = results(batch(version, bytes(lines(10_500))));

        assertThat(results).hasSize(10_001);
        assertThat(results.subList(0, 10_000)).extracting(LineResult::status).containsOnly(LineStatus.APPENDED);
        assertThat(Objects.requireNonNull(results.getLast().problem()).code()).isEqualTo("batch-too-large");
        assertAllAppended(batch(version, bytes(lines(3))), 3);
    }

    @Test
    void a_batch_that_says_that_it_is_too_large_is_not_read() throws Exception {
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head("Content-Length: 68000000")));
            out.flush();

            assertThat(reader(socket).readLine()).contains("413");
        }
    }

    /** With curl, since the JDK's client hands an answer out only after it has sent the whole request. */
    @Test
    void over_http2_each_line_can_wait_for_the_result_of_the_one_before() throws Exception {
        assumeTrue(curlSpeaksHttp2(), "skipped: there is no curl with HTTP/2 on this machine");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sN",
                        "--http2",
                        "--cacert",
                        appliance.data().resolve("tls/ca.crt").toString(),
                        "-T",
                        ".",
                        "-X",
                        "POST",
                        "-H",
                        "Authorization: Bearer " + token,
                        "-H",
                        "X-Tenant-Id: acme",
                        "-H",
                        "Content-Type: application/x-ndjson",
                        appliance.url() + BATCH)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream out = curl.getOutputStream();
                BufferedReader results = curl.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 1; i <= 3; i++) {
                out.write(bytes(line(next()) + "\n"));
                out.flush();
                assertThat(result(results.readLine()).line()).isEqualTo(i);
            }
            out.close();
            assertThat(results.readLine()).isNull();
        } finally {
            curl.destroy();
        }
    }

    /** Stock curl drops an answer that it has if the stream is reset while it still sends. */
    @Test
    void over_http2_curl_is_told_why_its_body_is_refused() throws Exception {
        assumeTrue(curlSpeaksHttp2(), "skipped: there is no curl with HTTP/2 on this machine");
        for (int bytes : new int[] {100, 80_000, 500_000, 5_000_000}) {
            Path body = Files.write(folder.resolve("body-" + bytes), new byte[bytes]);
            Process curl = new ProcessBuilder(
                            "curl",
                            "-sS",
                            "--http2",
                            "--cacert",
                            appliance.data().resolve("tls/ca.crt").toString(),
                            "-T",
                            body.toString(),
                            "-X",
                            "POST",
                            "-H",
                            "Authorization: Bearer srm_nobody",
                            appliance.url() + "/api/v1/audit/objects")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as("%d bytes", bytes).contains("\"code\":\"invalid-token\"");
            assertThat(curl.waitFor()).isZero();
        }
    }

    private static boolean curlSpeaksHttp2() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("curl", "--version").start();
            String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return version.waitFor() == 0 && text.contains("HTTP2");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void over_http1_a_sender_may_write_everything_before_it_reads() throws Exception {
        byte[] body = bytes(lines(10_000));
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head("Content-Length: " + body.length, "Connection: close")));
            out.write(body);
            out.flush();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\r\n[0-9a-f]+\r\n", "");
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(answer.split("\"status\":\"appended\"", -1)).hasSize(10_001);
        }
    }

    @Test
    void a_cut_connection_leaves_a_prefix_and_the_whole_can_be_sent_again() throws Exception {
        String batch = lines(600);
        byte[] body = bytes(batch);
        int cut = body.length / 2;
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head("Content-Length: " + body.length)));
            out.write(body, 0, cut);
            out.flush();
        }

        // The sender does not know how much arrived; the second time tells.
        await().untilAsserted(() -> {
            List<LineResult> results = results(batch(HttpClient.Version.HTTP_2, body));
            assertThat(results).hasSize(600);
            assertThat(results).allMatch(result -> result.status().acknowledged());
        });
        assertThat(results(batch(HttpClient.Version.HTTP_2, body)))
                .extracting(LineResult::status)
                .containsOnly(LineStatus.REPLAYED);
    }

    @Test
    void a_body_with_a_broken_chunk_is_a_cut_one_and_its_connection_ends() throws Exception {
        String chunked = "Transfer-Encoding: chunked";
        String object = head(chunked).replace(BATCH, "/api/v1/audit/objects").replace("x-ndjson", "octet-stream");
        String first = line(next()) + "\n";

        assertThat(sentWithBrokenChunk(object, "abcde"))
                .startsWith("HTTP/1.1 400 ")
                .contains("The body ended before its end.");
        assertThat(sentWithBrokenChunk(head(chunked), first))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"code\":\"invalid-parameter\"");
    }

    /** All that is answered until the connection ends. */
    private static String sentWithBrokenChunk(String head, String first) throws IOException {
        try (SSLSocket socket = connect()) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(bytes(head + Integer.toHexString(bytes(first).length) + "\r\n" + first + "\r\nno size\r\n"));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_sender_that_never_reads_its_results_blocks_nobody() throws Exception {
        HttpResponse<InputStream> unread = appliance
                .client()
                .send(
                        request(BATCH)
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofByteArray(bytes(lines(10_000))))
                                .build(),
                        BodyHandlers.ofInputStream());

        assertAllAppended(batch(HttpClient.Version.HTTP_1_1, bytes(lines(100))), 100);
        unread.body().close();
        assertAllAppended(batch(HttpClient.Version.HTTP_2, bytes(lines(100))), 100);
    }

    // --- How it is sent

    private static long next() {
        return SEQUENCE.incrementAndGet();
    }

    private static String lines(int count) {
        return LongStream.generate(IntakeOverHttpTest::next)
                .limit(count)
                .mapToObj(sequence -> line(sequence) + "\n")
                .collect(Collectors.joining());
    }

    private static HttpResponse<String> post(String document, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .POST(BodyPublishers.ofString(document))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return appliance.send(
                request, RECORDS, "Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(appliance.url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private static HttpResponse<String> batch(HttpClient.Version version, byte[] body, String... headers) {
        HttpRequest.Builder request = request(BATCH)
                .version(version)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = appliance.client().send(request.build(), BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLSocket connect() throws IOException {
        return (SSLSocket) appliance
                .tls()
                .getSocketFactory()
                .createSocket("127.0.0.1", appliance.url().getPort());
    }

    private static String head(String... headers) {
        return "POST " + BATCH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nX-Tenant-Id: acme\r\nContent-Type: application/x-ndjson\r\n" + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    private static BufferedReader reader(SSLSocket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(body)) {
            out.write(bytes);
        }
        return body.toByteArray();
    }

    // --- What is answered

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static void assertAllAppended(HttpResponse<String> answer, int count) {
        assertThat(results(answer)).hasSize(count).allSatisfy(result -> assertThat(result.status())
                .isEqualTo(LineStatus.APPENDED));
    }

    private static List<LineResult> results(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        return answer.body().lines().map(IntakeOverHttpTest::result).toList();
    }

    private static LineResult result(String line) {
        return LineResult.fromJson(Json.parseObject(bytes(line)));
    }

    private static Appended appended(LineResult result) {
        return Objects.requireNonNull(result.appended());
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(bytes(answer.body()));
    }

    private static Problem problem(HttpResponse<String> answer) {
        return Problem.fromJson(json(answer));
    }
}
