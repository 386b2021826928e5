package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Problem;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad input by the hundred: each gets a problem that says what is wrong, and nothing of it is kept. */
@Timeout(120)
class HostileRequestsTest {
    private static final String RECORDS = "/api/v1/audit/records";
    private static final String QUERY = "/api/v1/query/records";

    /** Stands in each document, and must stand nowhere afterwards. */
    private static final String MARK = "zzmarkzz";

    private static final String GOOD = "{\"action\":\"Order.Created\",\"actor\":{\"id\":\"" + MARK
            + "\",\"type\":\"User\"},\"attributes\":{\"note\":\"" + MARK
            + "\"},\"occurredAt\":\"2026-11-21T10:00:00.000Z\","
            + "\"outcome\":\"success\",\"resource\":{\"id\":\"" + MARK + "\",\"type\":\"Order\"},"
            + "\"source\":{\"id\":\"orders\"},\"stream\":\"audit.test\"}";

    private static final List<String> WRONG =
            List.of("null", "true", "12", "-0.5", "\"\"", "[]", "{}", "[\"a\"]", "{\"a\":1}", "\"\\u0000\"");

    /** What would be no mistake, by member. */
    private static final Map<String, Set<String>> RIGHT = Map.of(
            "action", Set.of("\"\\u0000\""),
            "attributes", Set.of("{}", "{\"a\":1}"),
            "correlation", Set.of("{}"),
            "labels", Set.of("{}"),
            "purpose", Set.of("\"\\u0000\""));

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;
    private static String sender;
    private static String reader;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(
                folder.resolve("data"),
                "--set",
                "rate.per-second=1000000",
                "--set",
                "rate.burst=1000000",
                "--set",
                "rate.anonymous-per-second=1000000",
                "--set",
                "rate.anonymous-burst=1000000");
        sender = appliance.token(Set.of(Scope.INGEST), "orders");
        reader = appliance.token(Set.of(Scope.READ));
    }

    @AfterAll
    static void nothingIsKept() throws IOException {
        appliance.close();
        byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(indexOf(Files.readAllBytes(file), mark))
                        .as(file.toString())
                        .isNegative();
            }
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    // --- Documents

    @TestFactory
    Stream<DynamicTest> documentsThatAreNoJson() {
        List<byte[]> documents = new ArrayList<>();
        byte[] good = utf8(GOOD);
        for (int length = 0; length < good.length; length++) {
            documents.add(Arrays.copyOf(good, length));
        }
        for (String text : List.of(
                "\uFEFF" + GOOD,
                GOOD + GOOD,
                GOOD + "x",
                GOOD + ",",
                "[" + GOOD,
                GOOD.replace('"', '\''),
                "//\n" + GOOD,
                GOOD.replace("{\"note\"", "{\"n\":NaN,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":01,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":1.,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":+1,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":1e999,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":9007199254740993,\"note\""),
                GOOD.replace("{\"note\"", "{\"note\":1,\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":\"\\ud800\",\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":\"\\x\",\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":\"\t\",\"note\""),
                GOOD.replace("{\"note\"", "{\"n\":" + "[".repeat(200) + "]".repeat(200) + ",\"note\""))) {
            documents.add(utf8(text));
        }
        for (int bad : new int[] {0x80, 0xc0, 0xff, 0xed, 0xf5}) {
            byte[] bytes = utf8(GOOD);
            bytes[GOOD.indexOf(MARK)] = (byte) bad;
            documents.add(bytes);
        }
        return documents.stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.length + " bytes", () -> refused(post(document), 400, "malformed-json")));
    }

    @TestFactory
    Stream<DynamicTest> membersThatAreNotWhatTheyShouldBe() {
        List<Misshapen> documents = new ArrayList<>();
        for (String member : List.of(
                "action",
                "actor",
                "attributes",
                "correlation",
                "createdAt",
                "labels",
                "occurredAt",
                "outcome",
                "purpose",
                "resource",
                "source",
                "stream",
                "tenantId")) {
            for (String wrong : WRONG) {
                if (!RIGHT.getOrDefault(member, Set.of()).contains(wrong)) {
                    documents.add(new Misshapen(member, wrong));
                }
            }
        }
        for (String time : List.of(
                "2026-11-21",
                "2026-11-21T10:00:00",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T10:00:61Z",
                "21.11.2026",
                "now",
                "1795000000",
                "2026-11-21T10:00:00+25:00",
                "+12026-11-21T10:00:00Z",
                " 2026-11-21T10:00:00Z")) {
            documents.add(new Misshapen("occurredAt", "\"" + time + "\""));
            documents.add(new Misshapen("createdAt", "\"" + time + "\""));
        }
        for (String name : List.of("UPPER", "a b", "ä", "a/b", "../a", "x".repeat(300))) {
            documents.add(new Misshapen("stream", "\"" + name + "\""));
            documents.add(new Misshapen("source", "{\"id\":\"" + name + "\"}"));
        }
        for (String sequence : List.of("-1", "1.5", "\"1\"", "null", "true")) {
            documents.add(new Misshapen("source", "{\"id\":\"orders\",\"sequence\":" + sequence + "}"));
        }
        for (String party : List.of("actor", "resource")) {
            for (String wrong : List.of(
                    "{\"type\":\"User\"}",
                    "{\"id\":1,\"type\":\"User\"}",
                    "{\"id\":\"a\",\"type\":2}",
                    "{\"id\":\"a\",\"type\":\"User\",\"more\":1}",
                    "{\"id\":\"" + "a".repeat(5_000) + "\"}")) {
                documents.add(new Misshapen(party, wrong));
            }
        }
        documents.add(new Misshapen("labels", "{\"a\":1}"));
        documents.add(new Misshapen("labels", "{\"\":\"a\"}"));
        documents.add(new Misshapen("unknown", "1"));
        documents.add(new Misshapen("recordId", "\"01JD0000000000000000000000\""));
        documents.add(new Misshapen("__proto__", "{}"));
        return documents.stream()
                .map(each -> DynamicTest.dynamicTest(each.member + " " + each.value, () -> {
                    HttpResponse<String> answer = post(utf8(each.document()));
                    refused(answer, 400, "schema");
                    assertThat(problem(answer).errors())
                            .as(answer.body())
                            .isNotEmpty()
                            .allMatch(error -> error.pointer().startsWith("/" + each.member));
                }));
    }

    /** The good document with another value of one member. */
    private record Misshapen(String member, String value) {
        String document() {
            StringBuilder json = new StringBuilder("{\"" + member + "\":" + value);
            Json.parseObject(utf8(GOOD)).without(member).members().forEach((name, good) -> json.append(",\"")
                    .append(name)
                    .append("\":")
                    .append(good));
            return json.append('}').toString();
        }
    }

    // --- Heads

    @TestFactory
    Stream<DynamicTest> headsThatCannotBeUsed() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String key : List.of("", " ", "ä", "x".repeat(300), "\u007f")) {
            tests.add(DynamicTest.dynamicTest(
                    "key '" + key + "'",
                    () -> refusedOrUnsendable(() -> post(utf8(GOOD), "Idempotency-Key", key), Set.of(400))));
        }
        for (String type :
                List.of("text/plain", "application/xml", "multipart/form-data", "nonsense", "application/jsonx")) {
            tests.add(DynamicTest.dynamicTest(
                    type, () -> refused(post(utf8(GOOD), "Content-Type", type), 415, "unsupported-media-type")));
        }
        for (String encoding : List.of("br", "deflate", "gzip, gzip", "identity, br", "x")) {
            tests.add(DynamicTest.dynamicTest(
                    encoding,
                    () -> refused(post(utf8(GOOD), "Content-Encoding", encoding), 415, "unsupported-encoding")));
        }
        tests.add(DynamicTest.dynamicTest(
                "a gzip bomb", () -> refused(post(bomb(), "Content-Encoding", "gzip"), 413, "record-too-large")));
        tests.add(DynamicTest.dynamicTest(
                "no zstd", () -> refused(post(utf8(GOOD), "Content-Encoding", "zstd"), 415, "unsupported-encoding")));
        tests.add(
                DynamicTest.dynamicTest("too large", () -> refused(post(new byte[200_000]), 413, "record-too-large")));
        for (String tenant : List.of("a b", "x".repeat(300), "../acme")) {
            tests.add(DynamicTest.dynamicTest(
                    "tenant " + tenant, () -> refused(post(utf8(GOOD), "X-Tenant-Id", tenant), 400, "invalid-tenant")));
        }
        for (String token : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Basic YTpi",
                "Bearer srm_" + "a".repeat(54),
                "Bearer " + sender + "a",
                "Bearer " + sender.substring(1),
                "Bearer " + sender.toUpperCase(java.util.Locale.ROOT),
                "Token " + sender,
                "Bearer\t" + MARK)) {
            tests.add(DynamicTest.dynamicTest(
                    "authorization " + tests.size(),
                    () -> refusedOrUnsendable(() -> post(utf8(GOOD), "Authorization", token), Set.of(401))));
        }
        return tests.stream();
    }

    // --- Questions

    @TestFactory
    Stream<DynamicTest> questionsThatCannotBeAnswered() {
        List<String> questions = new ArrayList<>();
        for (String name : List.of(
                "from",
                "to",
                "fromSeq",
                "toSeq",
                "limit",
                "outcome",
                "cursor",
                "sort",
                "label.",
                "attributes.note",
                "offset",
                "__proto__",
                "recordDigest",
                "actor.email",
                "q%00")) {
            for (String value : List.of(
                    "%00", "-1", "x%27%3B%20DROP%20TABLE%20timeline%3B--", "%F0%9F%92%A5", "99999999999999999999")) {
                questions.add(QUERY + "?" + name + "=" + value);
            }
        }
        for (String path : List.of("/api/v1/query/nothing", "/api/v1", "/nothing", "/api/v2/audit/records")) {
            questions.add(path);
        }
        for (String id : List.of("x", "..%2f..%2fetc%2fpasswd", "%00", "01JD", "%F0%9F%92%A5", "0".repeat(500))) {
            questions.add("/api/v1/ledger/proof/" + id);
            questions.add("/api/v1/audit/records/" + id);
            questions.add("/api/v1/audit/objects/" + id);
            questions.add("/log/tile/0/" + id);
        }
        return questions.stream()
                .map(question -> DynamicTest.dynamicTest(question, () -> {
                    HttpResponse<String> answer = appliance.get(
                            question, "Authorization", "Bearer " + reader, "X-Tenant-Id", ApplianceFixture.TENANT);
                    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
                    problem(answer);
                }));
    }

    // --- What is no HTTP

    @TestFactory
    Stream<DynamicTest> requestsThatAreNoHttp() {
        String host = "Host: vault.example\r\n";
        String post = "POST " + RECORDS + " HTTP/1.1\r\n" + host + "Authorization: Bearer " + sender
                + "\r\nX-Tenant-Id: acme\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n";
        return Stream.of(
                        "\r\n\r\n\r\n\r\n" + MARK + "\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET /\r\n\r\n",
                        "GET / HTTP/9.9\r\n" + host + "\r\n",
                        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                        "GET / HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n",
                        "GET / HTTP/1.1\r\n" + host + "X y: a\r\n\r\n",
                        "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n",
                        "GET / HTTP/1.1\r\n" + host + "X: " + "a".repeat(40_000) + "\r\n\r\n",
                        post + "Content-Length: -1\r\n\r\n" + GOOD,
                        post + "Content-Length: 10, 20\r\n\r\n" + GOOD,
                        post + "Content-Length: x\r\n\r\n" + GOOD,
                        post + "Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + GOOD,
                        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD + "\r\n0\r\n\r\n",
                        post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + GOOD + "\r\n0\r\n\r\n",
                        post + "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\n{}\n",
                        "BREW " + RECORDS + " HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n",
                        "CONNECT vault.example:443 HTTP/1.1\r\n" + host + "\r\n",
                        "TRACE / HTTP/1.1\r\n" + host + "\r\n")
                .map(request -> DynamicTest.dynamicTest(
                        request.substring(0, Math.min(40, request.length())).strip(), () -> notTaken(request)));
    }

    /** Refused in HTTP, or the connection is closed: never taken, never left hanging. */
    private static void notTaken(String request) throws IOException {
        try (SSLSocket socket = (SSLSocket) appliance
                .tls()
                .getSocketFactory()
                .createSocket(appliance.url().getHost(), appliance.url().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String status = statusLine(socket);
            if (!status.isEmpty()) {
                assertThat(status).matches("HTTP/\\d\\.\\d [45]\\d\\d.*").doesNotMatch("HTTP/\\d\\.\\d 500.*");
            }
        }
    }

    private static String statusLine(SSLSocket socket) {
        StringBuilder line = new StringBuilder();
        try {
            int read = socket.getInputStream().read();
            while (read >= 0 && read != '\r') {
                line.append((char) read);
                read = socket.getInputStream().read();
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("left hanging after: " + line, e);
        } catch (IOException closed) {
            return line.toString();
        }
        return line.toString();
    }

    @Test
    void goodInputIsStillTaken() {
        HttpResponse<String> answer = post(utf8(GOOD.replace(MARK, "fine")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    // --- Tools

    private interface Call {
        HttpResponse<String> send();
    }

    /** Some heads are such that an honest client does not send them. */
    private static void refusedOrUnsendable(Call call, Set<Integer> statuses) {
        HttpResponse<String> answer;
        try {
            answer = call.send();
        } catch (IllegalArgumentException unsendable) {
            return;
        }
        assertThat(statuses).as(answer.body()).contains(answer.statusCode());
        problem(answer);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem(answer).code()).isEqualTo(code);
    }

    private static Problem problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        Problem problem = Problem.fromJson(Json.parseObject(utf8(answer.body())));
        assertThat(problem.detail()).isNotBlank();
        assertThat(answer.body()).doesNotContain(MARK);
        return problem;
    }

    private static HttpResponse<String> post(byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .POST(BodyPublishers.ofByteArray(body))
                .setHeader("Authorization", "Bearer " + sender)
                .setHeader("X-Tenant-Id", ApplianceFixture.TENANT)
                .setHeader("Content-Type", "application/json")
                .setHeader("Idempotency-Key", "key");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return appliance.send(request, RECORDS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 32 MiB of spaces in 32 KiB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 32; i++) {
                gzip.write(spaces);
            }
        }
        return bytes.toByteArray();
    }
}
