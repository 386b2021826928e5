package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Appended;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.FieldError;
import io.strongroom.api.LineResult;
import io.strongroom.api.LineStatus;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.StoredObject;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.server.database.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Values that are too large for a record, from the client that sends one to the auditor who verifies a pack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectsOverHttpTest {
    private static final String OBJECTS = "/api/v1/audit/objects";
    private static final int MOST = 1 << 20;
    private static final String SECRET = "john.doe@example.com";
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final Path folder;
    private final ApplianceFixture appliance;
    private final String token;
    private final StrongroomClient producer;
    private final StrongroomClient reader;
    private final StrongroomClient auditor;

    /** In clear, confidential, restricted: each record refers to one of each. */
    private final byte[] photo = value(1, 700_000);

    private final byte[] letter = value(2, 70_000);
    private final byte[] xray = value(3, 100_000);
    private final StoredObject photoObject;
    private final StoredObject letterObject;
    private final StoredObject xrayObject;
    private final Appended appended;

    ObjectsOverHttpTest(@TempDir Path folder) {
        this.folder = folder;
        this.appliance = ApplianceFixture.start(
                folder.resolve("data"),
                List.of(HidingPolicy.committing(
                        new Commitment("/attributes/letter", Classification.CONFIDENTIAL),
                        new Commitment("/attributes/xray", Classification.RESTRICTED))),
                "--set",
                "uploads.most-mib=1");
        this.token = appliance.token(Set.of(Scope.INGEST), "clinic");
        this.producer = appliance.client(token);
        this.reader = appliance.client(appliance.token(Set.of(Scope.READ)));
        this.auditor = appliance.client(appliance.token(Set.of(Scope.READ, Scope.EXPORT)));
        this.photoObject = upload(photo);
        this.letterObject = upload(letter);
        this.xrayObject = upload(xray);
        this.appended = producer.records()
                .append(record("pages", new Json.Arr(List.of(photoObject.reference("image/png"))))
                        .build());
        await().until(() ->
                reader.records().query(RecordQuery.ALL.source("clinic")).items().size() == 1);
    }

    @AfterAll
    void stop() {
        producer.close();
        reader.close();
        auditor.close();
        appliance.close();
    }

    private static byte[] value(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        byte[] text = (SECRET + " " + seed).getBytes(UTF_8);
        System.arraycopy(text, 0, bytes, length / 2, text.length);
        return bytes;
    }

    private StoredObject upload(byte[] value) {
        return producer.uploads().upload(value.length, () -> new ByteArrayInputStream(value));
    }

    private AuditRecord.Builder record(String attribute, Json value) {
        return AuditRecord.of("clinic", "Scan.Filed", Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(SEQUENCE.incrementAndGet())
                .actor("User", "u-1")
                .resource("Scan", "s-1")
                .attribute("letter", letterObject.reference())
                .attribute("xray", xrayObject.reference())
                .attribute(attribute, value);
    }

    // --- Taking in

    @Test
    void anUploadIsAnsweredWithItsDigestAndTheSameBytesWithTheSame() throws IOException {
        byte[] value = value(9, MOST);
        Path file = Files.write(folder.resolve("value"), value);

        StoredObject first = producer.uploads().upload(file);
        HttpResponse<String> again = post(BodyPublishers.ofByteArray(value));

        assertThat(first).isEqualTo(new StoredObject(Digest.of(value).toString(), MOST));
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.toJson().toString());
        assertThat(again.headers().firstValue("Location")).hasValue(OBJECTS + "/" + first.digest());
        assertThat(post(BodyPublishers.ofByteArray(gzip(value)), "Content-Encoding", "gzip")
                        .body())
                .as("the digest is that of the decoded bytes")
                .isEqualTo(again.body());
    }

    @Test
    void whatIsTooLargeIsRefusedHoweverItComesAndLeavesNothing() throws Exception {
        int before = count();
        byte[] value = new byte[MOST + 1];

        assertProblem(post(BodyPublishers.ofByteArray(value)), 413, "object-too-large");
        assertProblem(
                post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(value))), 413, "object-too-large");
        assertProblem(
                post(BodyPublishers.ofByteArray(gzip(new byte[50 << 20])), "Content-Encoding", "gzip"),
                413,
                "object-too-large");
        try (SSLSocket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 99000000000").getBytes(UTF_8));
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(count()).isEqualTo(before);
        assertNothingUnderWay();
    }

    @Test
    void whoMayNotSendAndWhatIsNoObjectIsRefused() {
        BodyPublisher body = BodyPublishers.ofString("value");
        String other = appliance.token(Set.of(Scope.READ, Scope.EXPORT));

        assertProblem(send(other, body), 403, "forbidden");
        assertProblem(
                appliance.send(HttpRequest.newBuilder().POST(body), OBJECTS, "Authorization", "Bearer " + token),
                400,
                "missing-tenant");
        assertProblem(post(body, "Content-Type", "image/png"), 415, "unsupported-media-type");
        assertProblem(post(body, "Content-Encoding", "br"), 415, "unsupported-encoding");
        assertProblem(post(body, "Content-Encoding", "gzip"), 415, "unsupported-encoding");
    }

    @Test
    void aConnectionThatIsCutLeavesNothing() throws Exception {
        int before = count();
        for (String length : List.of("Content-Length: 900000", "Transfer-Encoding: chunked")) {
            try (SSLSocket socket = connect()) {
                OutputStream out = socket.getOutputStream();
                out.write(head(length).getBytes(UTF_8));
                if (length.startsWith("T")) {
                    out.write("7a120\r\n".getBytes(UTF_8));
                }
                out.write(value(4, 400_000));
                out.flush();
                await().until(() -> filesIn("uploads") == 1);
            }
            await().until(() -> filesIn("uploads") == 0);
        }

        assertThat(count()).isEqualTo(before);
        assertNothingUnderWay();
    }

    // --- Referring

    @Test
    void aRecordThatIsTooLargeIsToldTheWay() {
        assertThat(ProblemType.RECORD_TOO_LARGE.action()).contains("POST " + OBJECTS);
        assertThatThrownBy(() -> producer.records()
                        .append(record("note", Json.of("x".repeat(70_000))).build()))
                .isInstanceOfSatisfying(
                        StrongroomException.Refused.class,
                        refused -> assertThat(refused.problem().action()).contains(OBJECTS));
    }

    @Test
    void aReferenceToWhatIsNotHereIsRefusedAndWorksOnceItIs() {
        byte[] value = value(5, 80_000);
        StoredObject coming = new StoredObject(Digest.of(value).toString(), value.length);
        AuditRecord record = record("pages", new Json.Arr(List.of(photoObject.reference(), coming.reference())))
                .build();

        Problem problem = refusal(record);
        assertThat(problem.code()).isEqualTo("unknown-object");
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/attributes/pages/1");
        assertThat(batch(record).status()).isEqualTo(LineStatus.REJECTED);

        upload(value);
        assertThat(producer.records().append(record).replayed()).isFalse();
    }

    @Test
    void aReferenceThatIsWrongIsRefusedWithItsPlace() {
        assertWrong(new StoredObject(photoObject.digest(), 7).reference(), "/attributes/pages/bytes");
        assertWrong(new StoredObject("sha256:7", 7).reference(), "/attributes/pages");
        assertWrong(photoObject.reference("text/plain; charset=utf-8"), "/attributes/pages");
        assertWrong(Json.object().putAll(photoObject.reference()).put("more", 1).build(), "/attributes/pages");
        assertWrong(new Json.Arr(java.util.Collections.nCopies(65, photoObject.reference())), "/attributes");
    }

    private void assertWrong(Json value, String pointer) {
        Problem problem = refusal(record("pages", value).build());
        assertThat(problem.code()).isEqualTo("schema");
        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly(pointer);
    }

    private Problem refusal(AuditRecord record) {
        try {
            throw new AssertionError("it was taken: " + producer.records().append(record));
        } catch (StrongroomException.Answered e) {
            return e.problem();
        }
    }

    private LineResult batch(AuditRecord record) {
        List<LineResult> results = new ArrayList<>();
        producer.records().appendAll(List.of(record).iterator(), BatchOptions.DEFAULT, results::add);
        return results.getFirst();
    }

    // --- Reading

    @Test
    void whoMaySeeAReferenceGetsTheValueAndThatIsRecorded() {
        assertThat(read(reader, photoObject)).isEqualTo(photo);
        assertThat(read(auditor, letterObject)).isEqualTo(letter);
        await().untilAsserted(() -> assertThat(reader.records()
                        .query(RecordQuery.ALL.stream("system.access").action("Object.Read"))
                        .items())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(item -> {
                    assertThat(item.record().object("resource").text("id")).isEqualTo(appended.recordId());
                    assertThat(item.toString())
                            .as("what stays for ever confirms nobody's guess")
                            .doesNotContain(photoObject.digest(), letterObject.digest());
                }));
    }

    @Test
    void whoMayNotSeeAReferenceDoesNotGetTheValue() {
        assertRefused(reader, xrayObject, appended.recordId(), "not-found");
        assertRefused(auditor, xrayObject, appended.recordId(), "not-found");
        assertRefused(producer, photoObject, appended.recordId(), "forbidden");
    }

    @Test
    void aValueIsReadThroughARecordThatRefersToIt() {
        byte[] value = value(6, 1_000);
        StoredObject alone = upload(value);

        assertRefused(auditor, alone, appended.recordId(), "not-found");
        assertRefused(auditor, photoObject, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "not-found");
        assertRefused(auditor, photoObject, "nonsense", "invalid-parameter");
        assertRefused(auditor, new StoredObject("sha256:7", 7), appended.recordId(), "invalid-parameter");
        assertProblem(
                appliance.get(
                        OBJECTS + "/" + photoObject.digest(),
                        "Authorization",
                        "Bearer " + appliance.token(Set.of(Scope.READ)),
                        "X-Tenant-Id",
                        ApplianceFixture.TENANT),
                400,
                "invalid-parameter");
    }

    @Test
    void aPieceIsGivenSoThatAReadingThatBrokeOffGoesOn() throws Exception {
        String tag = '"' + hex(photoObject) + '"';
        HttpResponse<byte[]> rest = piece("Range", "bytes=690000-", "If-Range", tag);
        HttpResponse<byte[]> middle = piece("Range", "bytes=65530-65545");
        HttpResponse<byte[]> outside = piece("Range", "bytes=700000-");
        HttpResponse<byte[]> other = piece("Range", "bytes=1-", "If-Range", "\"other\"");

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("ETag")).hasValue(tag);
        assertThat(rest.headers().firstValue("Content-Range")).hasValue("bytes 690000-699999/700000");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(photo, 690_000, 700_000));
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(photo, 65_530, 65_546));
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */700000");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(other.body()).isEqualTo(photo);
    }

    private HttpResponse<byte[]> piece(String... headers) throws Exception {
        return appliance
                .client()
                .send(
                        HttpRequest.newBuilder(appliance
                                        .url()
                                        .resolve(OBJECTS + "/" + photoObject.digest() + "?record="
                                                + appended.recordId()))
                                .header("Authorization", "Bearer " + appliance.token(Set.of(Scope.READ)))
                                .header("X-Tenant-Id", ApplianceFixture.TENANT)
                                .headers(headers)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private byte[] read(StrongroomClient client, StoredObject object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.uploads().read(object.digest(), appended.recordId(), out);
        return out.toByteArray();
    }

    private static void assertRefused(StrongroomClient client, StoredObject object, String record, String code) {
        assertThatThrownBy(() -> client.uploads().read(object.digest(), record, OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        StrongroomException.Answered.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    // --- Packs

    @Test
    void aPackCarriesTheValuesThatItsReaderMaySeeAndVerifies() throws IOException {
        Path pack = pack();
        Path files = Unzipped.into(pack, folder.resolve("pack"));

        assertThat(Files.readAllBytes(files.resolve("data/objects/" + hex(photoObject))))
                .isEqualTo(photo);
        assertThat(Files.readAllBytes(files.resolve("data/objects/" + hex(letterObject))))
                .isEqualTo(letter);
        try (Stream<Path> objects = Files.list(files.resolve("data/objects"))) {
            assertThat(objects).hasSize(2);
        }
        Ladder ladder = verify(pack);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().objects()).isEqualTo(new PackFacts.Objects(2, 0));
        assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(1, 1, 0));
    }

    @Test
    void aValueOfWhichAByteIsChangedFails() throws IOException {
        Path files = Unzipped.into(pack(), folder.resolve("changed"));
        Path object = files.resolve("data/objects/" + hex(letterObject));
        byte[] bytes = Files.readAllBytes(object);
        bytes[10] ^= 1;
        Files.write(object, bytes);

        Ladder ladder = verify(files);

        assertThat(ladder.verdict(Rung.INTACT).held()).isFalse();
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo("data/objects/" + hex(letterObject));
    }

    private static String hex(StoredObject object) {
        return object.digest().substring("sha256:".length());
    }

    /** Of the first record alone. */
    private Path pack() throws IOException {
        Selection selection = Selection.where()
                .fromSeq(appended.seq())
                .toSeq(appended.seq())
                .source("clinic")
                .build();
        ExportStatus asked =
                auditor.exports().request(new ExportRequest(selection, ExportFormat.NDJSON, "yearly audit"));
        ExportStatus ready = auditor.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
        Path pack = Files.createTempDirectory(folder, "pack").resolve("pack.zip");
        auditor.exports().download(ready, pack, bytes -> {});
        return pack;
    }

    private Ladder verify(Path pack) throws IOException {
        return new PackVerifier(TrustFile.parse(Files.readAllBytes(folder.resolve("data/trust.txt"))), Set.of())
                .verify(pack);
    }

    // --- At rest

    /** Last, because it stops the appliance. */
    @Test
    @Order(Integer.MAX_VALUE)
    void noValueStandsInClearInAnyFile() throws IOException {
        assertThat(new String(photo, UTF_8))
                .as("what is looked for is in what was sent")
                .contains(SECRET);
        stop();

        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> new String(bytes(file), UTF_8).contains(SECRET)))
                    .isEmpty();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- How it is sent

    private HttpResponse<String> post(BodyPublisher body, String... headers) {
        return send(token, body, headers);
    }

    private HttpResponse<String> send(String as, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().POST(body).setHeader("Content-Type", "application/octet-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return appliance.send(
                request, OBJECTS, "Authorization", "Bearer " + as, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private SSLSocket connect() throws IOException {
        return (SSLSocket) appliance
                .tls()
                .getSocketFactory()
                .createSocket("127.0.0.1", appliance.url().getPort());
    }

    private String head(String length) {
        return "POST " + OBJECTS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nX-Tenant-Id: acme\r\nContent-Type: application/octet-stream\r\n" + length + "\r\n\r\n";
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(body)) {
            out.write(bytes);
        }
        return body.toByteArray();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    // --- What is kept

    private long filesIn(String name) throws IOException {
        Path place = folder.resolve("data").resolve(name);
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private int count() throws IOException {
        return Math.toIntExact(filesIn("objects/uploads"));
    }

    private void assertNothingUnderWay() throws IOException {
        assertThat(filesIn("uploads")).isZero();
        int half = appliance.appliance().context().getBean(Database.class).read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT count(*) FROM uploaded_object WHERE digest IS NULL")) {
                assertThat(rows.next()).isTrue();
                return rows.getInt(1);
            }
        });
        assertThat(half).isZero();
    }
}
