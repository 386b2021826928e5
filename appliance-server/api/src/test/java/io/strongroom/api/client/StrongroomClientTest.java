package io.strongroom.api.client;

import static io.strongroom.api.client.FakeAppliance.brokenOff;
import static io.strongroom.api.client.FakeAppliance.json;
import static io.strongroom.api.client.FakeAppliance.problem;
import static io.strongroom.api.client.FakeAppliance.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Appended;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StrongroomClientTest {
    private static final String APPENDED = """
            {"recordId":"01JAAAAAAAAAAAAAAAAAAAAAAA","seq":7,"recordDigest":"sha256:%s"}""".formatted("0".repeat(64));

    private final List<Duration> pauses = new ArrayList<>();
    private FakeAppliance appliance;
    private StrongroomClient client;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance();
        client = client(ApplianceTrust.pinned(appliance.fingerprint()));
    }

    @AfterEach
    void stop() {
        client.close();
        appliance.close();
    }

    private StrongroomClient client(ApplianceTrust trust) {
        return StrongroomClient.at(appliance.address())
                .trust(trust)
                .token("srm_test")
                .tenant("acme")
                .timeout(Duration.ofSeconds(20))
                .retry(new RetryPolicy(4, 100, 1_000, 60_000))
                .pause(pauses::add)
                .build();
    }

    private static AuditRecord record(int number) {
        return AuditRecord.of("shop", "Order.Placed", Instant.parse("2026-11-21T01:02:03.004Z"))
                .actor("User", "u-" + number)
                .resource("Order", "o-" + number)
                .build();
    }

    // --- Whom it trusts

    @Test
    void trustsTheApplianceWhoseAuthorityHasThePinnedFingerprint() {
        appliance.answers(json(201, APPENDED));

        assertThat(client.records().append(record(1)).seq()).isEqualTo(7);
    }

    @Test
    void trustsTheAuthorityOfThePem() throws Exception {
        appliance.answers(json(201, APPENDED));

        try (StrongroomClient other = client(ApplianceTrust.authorities(appliance.authorityPem()))) {
            assertThat(other.records().append(record(1)).seq()).isEqualTo(7);
        }
    }

    @Test
    void refusesAnotherAuthorityBeforeItSaysAnything() {
        appliance.answers(json(201, APPENDED));

        try (StrongroomClient other = client(ApplianceTrust.pinned(Digest.of(new byte[] {1})))) {
            assertThatThrownBy(() -> other.records().append(record(1)))
                    .isInstanceOf(StrongroomException.Unreachable.class)
                    .hasMessageContaining("fingerprint");
        }
        assertThat(appliance.requests()).isEmpty();
    }

    @Test
    void refusesARightAuthorityUnderAnotherHostName() {
        appliance.answers(json(201, APPENDED));
        var elsewhere = java.net.URI.create(appliance.address().toString().replace("127.0.0.1", "localhost"));

        try (StrongroomClient other = StrongroomClient.at(elsewhere)
                .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                .retry(RetryPolicy.NONE)
                .build()) {
            assertThatThrownBy(other::about).isInstanceOf(StrongroomException.Unreachable.class);
        }
        assertThat(appliance.requests()).isEmpty();
    }

    // --- One record

    @Test
    void namesCallerTenantAndAKeyOfItsOwnMaking() {
        appliance.answers(json(201, APPENDED));

        client.records().append(record(1));

        FakeAppliance.Request request = appliance.requests().getFirst();
        assertThat(request.authorization()).isEqualTo("Bearer srm_test");
        assertThat(request.tenant()).isEqualTo("acme");
        assertThat(RecordId.parse(Objects.requireNonNull(request.key()))).isNotNull();
    }

    @Test
    void repeatsAnAppendUnderTheSameKeyAndWaitsAtLeastAsLongAsItIsAsked() {
        appliance.answers(problem(ProblemType.OVERLOADED, "Retry-After", "3"), json(201, APPENDED));

        client.records().append(record(1));

        assertThat(appliance.requests()).hasSize(2);
        assertThat(appliance.requests().stream().map(FakeAppliance.Request::key).distinct())
                .hasSize(1);
        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_100)));
    }

    @Test
    void obeysARetryAfterThatIsADate() {
        appliance.answers(
                problem(ProblemType.OVERLOADED, "Retry-After", "Fri, 21 Nov 1986 00:00:00 GMT"), json(201, APPENDED));

        client.records().append(record(1));

        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isLessThanOrEqualTo(Duration.ofMillis(100)));
    }

    @Test
    void repeatsAnAppendWhoseAnswerBrokeOff() {
        appliance.answers(brokenOff(201, "{\"recordId\"", 500), json(200, APPENDED));

        assertThat(client.records().append(record(1)).seq()).isEqualTo(7);
    }

    @Test
    void saysThatARecordWasThereAlready() {
        appliance.answers((exchange, request) -> {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            send(exchange, 200, "application/json", APPENDED);
        });

        assertThat(client.records().append(record(1)))
                .extracting(Appended::replayed)
                .isEqualTo(true);
    }

    @Test
    void doesNotRepeatWhatIsRefused() {
        appliance.answers(problem(ProblemType.SCHEMA));

        assertThatThrownBy(() -> client.records().append(record(1)))
                .isInstanceOfSatisfying(StrongroomException.Refused.class, refused -> assertThat(refused.type())
                        .contains(ProblemType.SCHEMA));
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void tellsAQuarantineFromAnAcknowledgement() {
        appliance.answers((exchange, request) -> send(
                exchange,
                202,
                Problem.MEDIA_TYPE,
                Problem.of(ProblemType.TENANT_MISMATCH, "")
                        .with("evidenceRef", "q-1")
                        .toJson()
                        .toString()));

        assertThatThrownBy(() -> client.records().append(record(1)))
                .isInstanceOfSatisfying(
                        StrongroomException.Quarantined.class,
                        quarantined -> assertThat(quarantined.evidenceRef()).isEqualTo("q-1"));
    }

    @Test
    void neverRepeatsWhatWouldBeDoneTwice() {
        appliance.answers(problem(ProblemType.OVERLOADED));

        assertThatThrownBy(() -> client.setUp(new SetupRequest("code", "alice")))
                .isInstanceOf(StrongroomException.TryLater.class);
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void givesUpAfterAsManyAttemptsAsThePolicyAllows() {
        appliance.answers(problem(ProblemType.LEDGER_UNAVAILABLE));

        assertThatThrownBy(() -> client.records().append(record(1))).isInstanceOf(StrongroomException.TryLater.class);
        assertThat(appliance.requests()).hasSize(4);
    }

    @Test
    void saysThatSomethingElseAnswered() {
        appliance.answers((exchange, request) -> send(exchange, 404, "text/html", "<html>"));

        assertThatThrownBy(client::about).isInstanceOf(StrongroomException.UnexpectedAnswer.class);
    }

    // --- Many records

    private static FakeAppliance.Reply results(LineResult... results) {
        return (exchange, request) -> {
            StringBuilder lines = new StringBuilder();
            for (LineResult result : results) {
                lines.append(result.toJson()).append('\n');
            }
            send(exchange, 200, LineResult.MEDIA_TYPE, lines.toString());
        };
    }

    private static LineResult appended(int line, long seq) {
        return LineResult.acknowledged(
                line, new Appended("01JAAAAAAAAAAAAAAAAAAAAAAA", seq, "sha256:" + "0".repeat(64), false));
    }

    private List<LineResult> appendAll(int count, BatchOptions options) {
        List<LineResult> results = new ArrayList<>();
        client.records()
                .appendAll(
                        IntStream.range(0, count)
                                .mapToObj(StrongroomClientTest::record)
                                .iterator(),
                        options,
                        results::add);
        return results;
    }

    private static BatchOptions lines(int lines) {
        return new BatchOptions(lines, 1 << 20, 1, ContentEncoding.GZIP);
    }

    @Test
    void cutsBatchesAndTellsResultsInInputOrder() {
        appliance.answers(
                results(appended(1, 0), appended(2, 1)),
                results(appended(1, 2), appended(2, 3)),
                results(appended(1, 4)));

        List<LineResult> results = appendAll(5, lines(2));

        assertThat(results).extracting(LineResult::line).containsExactly(1, 2, 3, 4, 5);
        assertThat(results)
                .extracting(result -> Objects.requireNonNull(result.appended()).seq())
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void sendsOnlyTheLinesAgainThatWerePutOff() {
        appliance.answers(
                results(
                        appended(1, 0),
                        LineResult.retry(2, Problem.of(ProblemType.OVERLOADED, ""), 2),
                        LineResult.refused(3, LineStatus.REJECTED, Problem.of(ProblemType.SCHEMA, ""))),
                results(appended(1, 1)));

        List<LineResult> results = appendAll(3, lines(10));

        assertThat(results)
                .extracting(LineResult::status)
                .containsExactly(LineStatus.APPENDED, LineStatus.APPENDED, LineStatus.REJECTED);
        assertThat(appliance.requests().get(1).body().lines())
                .singleElement()
                .asString()
                .contains("u-1");
        assertThat(pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void settlesEachLineOfABatchWhoseAnswerBrokeOff() {
        // How much of a broken answer still reaches the client is a matter of timing; what it adds up to is not.
        appliance.answers(brokenOff(200, appended(1, 0).toJson() + "\n", 5_000), (exchange, request) -> {
            StringBuilder lines = new StringBuilder();
            int line = 0;
            for (String sent : request.body().lines().toList()) {
                lines.append(appended(++line, sent.charAt(sent.indexOf("u-") + 2) - '0')
                                .toJson())
                        .append('\n');
            }
            send(exchange, 200, LineResult.MEDIA_TYPE, lines.toString());
        });

        List<LineResult> results = appendAll(3, lines(10));

        assertThat(results)
                .extracting(result -> Objects.requireNonNull(result.appended()).seq())
                .containsExactly(0L, 1L, 2L);
        assertThat(appliance.requests()).hasSize(2);
    }

    @Test
    void givesEachLineAKeyThatStaysTheSameWhenItIsRepeated() {
        appliance.answers(problem(ProblemType.OVERLOADED), results(appended(1, 0)));

        appendAll(1, lines(10));

        List<String> bodies = appliance.requests().stream()
                .map(FakeAppliance.Request::body)
                .distinct()
                .toList();
        assertThat(bodies).hasSize(1);
        assertThat(Json.parseObject(bodies.getFirst().strip().getBytes(StandardCharsets.UTF_8))
                        .text("idempotencyKey"))
                .hasSize(26);
    }

    @Test
    void hasEverySupportedEncodingUnpackedToTheSameLines() throws Exception {
        byte[] plain = "{\"a\":1}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);

        byte[] gzip = ContentEncoding.GZIP.encode(plain);
        byte[] zstd = ContentEncoding.ZSTD.encode(plain);

        assertThat(new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(plain);
        assertThat(com.github.luben.zstd.Zstd.decompress(zstd, plain.length)).isEqualTo(plain);
    }

    // --- Packs and checkpoints

    private static final String PACK = "evidence".repeat(100);

    private static ExportStatus readyPack() {
        String digest = Digest.of(PACK.getBytes(StandardCharsets.UTF_8)).toString();
        return new ExportStatus("x1", ExportState.READY, 1, 1, (long) PACK.length(), digest, null);
    }

    /** Serves the pack from where it is asked for. */
    private static void range(com.sun.net.httpserver.HttpExchange exchange, FakeAppliance.Request request)
            throws java.io.IOException {
        String range = request.range();
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-799/800");
        send(exchange, range == null ? 200 : 206, "application/zip", PACK.substring(from));
    }

    @Test
    void finishesADownloadThatBrokeOff(@TempDir Path folder) throws Exception {
        appliance.answers(brokenOff(200, PACK.substring(0, 300), PACK.length()), StrongroomClientTest::range);

        client.exports().download(readyPack(), folder.resolve("pack.zip"), bytes -> {});

        assertThat(folder.resolve("pack.zip")).hasContent(PACK);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void takesUpTheDownloadOfAnEarlierCallWhereItStopped(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("pack.zip.part"), PACK.substring(0, 300));
        appliance.answers(StrongroomClientTest::range);

        client.exports().download(readyPack(), folder.resolve("pack.zip"), bytes -> {});

        assertThat(folder.resolve("pack.zip")).hasContent(PACK);
        assertThat(appliance.requests())
                .singleElement()
                .extracting(FakeAppliance.Request::range)
                .isEqualTo("bytes=300-");
    }

    @Test
    void neverShowsAPackWhoseDigestIsWrong(@TempDir Path folder) {
        ExportStatus ready = new ExportStatus(
                "x1", ExportState.READY, 1, 1, 8L, Digest.of(new byte[] {1}).toString(), null);
        appliance.answers((exchange, request) -> send(exchange, 200, "application/zip", "evidence"));

        assertThatThrownBy(() -> client.exports().download(ready, folder.resolve("pack.zip"), bytes -> {}))
                .isInstanceOf(StrongroomException.UnexpectedAnswer.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void asksAgainUntilACheckpointCoversWhatIsWaitedFor() {
        appliance.answers(
                json(200, "log/acme/0011\n3\nAAAA\n\n— x y\n"), json(200, "log/acme/0011\n12\nAAAA\n\n— x y\n"));

        assertThat(client.ledger().awaitCheckpoint(10, Duration.ofMinutes(1)).size())
                .isEqualTo(12);
        assertThat(appliance.requests().getFirst().path()).endsWith("checkpoint?minSize=10");
    }

    @Test
    void waitsForAProofUntilACheckpointCoversTheRecord() {
        appliance.answers(
                problem(ProblemType.NOT_YET_PROVABLE, "Retry-After", "1"),
                (exchange, request) -> send(exchange, 200, "text/plain", "c2sp.org/tlog-proof@v1\n"));

        assertThat(client.ledger().proof("01JAAAAAAAAAAAAAAAAAAAAAAA")).startsWith("c2sp.org/tlog-proof");
        assertThat(pauses).hasSize(1);
    }
}
