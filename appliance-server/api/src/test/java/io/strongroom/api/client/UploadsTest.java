package io.strongroom.api.client;

import static io.strongroom.api.client.FakeAppliance.brokenOff;
import static io.strongroom.api.client.FakeAppliance.json;
import static io.strongroom.api.client.FakeAppliance.problem;
import static io.strongroom.api.client.FakeAppliance.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.api.StoredObject;
import io.strongroom.evidence.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadsTest {
    private static final String VALUE = "a large value ".repeat(100_000);
    private static final StoredObject STORED = stored(VALUE);

    @TempDir
    Path folder;

    private FakeAppliance appliance;
    private StrongroomClient client;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance();
        client = StrongroomClient.at(appliance.address())
                .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                .token("srm_test")
                .tenant("acme")
                .timeout(Duration.ofSeconds(20))
                .retry(new RetryPolicy(4, 100, 1_000, 60_000))
                .pause(length -> {})
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        appliance.close();
    }

    private static StoredObject stored(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new StoredObject(Digest.of(bytes).toString(), bytes.length);
    }

    private Path file(String value) throws IOException {
        return Files.writeString(folder.resolve("value"), value);
    }

    @Test
    void uploadsAFileAndGivesItsReference() throws IOException {
        appliance.answers(json(201, STORED.toJson().toString()));

        StoredObject object = client.uploads().upload(file(VALUE));

        assertThat(object).isEqualTo(STORED);
        assertThat(object.reference("text/plain"))
                .hasToString(
                        "{\"$object\":\"" + STORED.digest() + "\",\"bytes\":1400000,\"mediaType\":\"text/plain\"}");
        assertThat(object.reference().members()).containsOnlyKeys("$object", "bytes");
        assertThat(appliance.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/api/v1/audit/objects");
            assertThat(request.body()).isEqualTo(VALUE);
            assertThat(request.tenant()).isEqualTo("acme");
        });
    }

    @Test
    void uploadsNothingAtAll() throws IOException {
        appliance.answers(json(201, stored("").toJson().toString()));

        assertThat(client.uploads().upload(file("")).bytes()).isZero();
    }

    @Test
    void sendsTheWholeValueAgainWhereTheFirstTimeWasNotAnswered() throws IOException {
        appliance.answers(
                problem(ProblemType.STORAGE_UNAVAILABLE),
                brokenOff(201, "{", 500),
                json(201, STORED.toJson().toString()));

        assertThat(client.uploads().upload(file(VALUE))).isEqualTo(STORED);
        assertThat(appliance.requests()).hasSize(3).allSatisfy(request -> assertThat(request.body())
                .isEqualTo(VALUE));
    }

    @Test
    void believesNoAnswerThatNamesAnotherDigest() throws IOException {
        appliance.answers(json(201, stored("another").toJson().toString()));
        Path file = file(VALUE);

        assertThatThrownBy(() -> client.uploads().upload(file))
                .isInstanceOf(StrongroomException.UnexpectedAnswer.class)
                .hasMessageContaining(STORED.digest());
    }

    @Test
    void aRefusalIsToldWithItsProblem() throws IOException {
        appliance.answers(problem(ProblemType.OBJECT_TOO_LARGE));
        Path file = file(VALUE);

        assertThatThrownBy(() -> client.uploads().upload(file))
                .isInstanceOfSatisfying(
                        StrongroomException.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("object-too-large"));
    }

    @Test
    void aFileThatIsNotThereIsNotTheAppliancesFault() {
        assertThatThrownBy(() -> client.uploads().upload(folder.resolve("nothing")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(appliance.requests()).isEmpty();
    }

    @Test
    void readsAValueAndChecksItsDigest() {
        appliance.answers((exchange, request) -> send(exchange, 200, "application/octet-stream", VALUE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        client.uploads().read(STORED.digest(), "01JAAAAAAAAAAAAAAAAAAAAAAA", out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(VALUE);
        assertThat(appliance.requests().getFirst().path())
                .endsWith("?record=01JAAAAAAAAAAAAAAAAAAAAAAA")
                .contains(STORED.digest().substring("sha256:".length()));
        assertThatThrownBy(() -> client.uploads()
                        .read(
                                stored("another").digest(),
                                "01JAAAAAAAAAAAAAAAAAAAAAAA",
                                OutputStream.nullOutputStream()))
                .isInstanceOf(StrongroomException.UnexpectedAnswer.class);
    }
}
