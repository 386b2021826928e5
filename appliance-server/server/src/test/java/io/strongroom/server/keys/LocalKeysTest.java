package io.strongroom.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.settings.StartRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest {
    private static final Origin ORIGIN = new Origin("vault.example/acme/01234567");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T01:02:03.004Z"));

    @TempDir
    Path folder;

    @Test
    void theKeysAreTheSameAfterAnotherOpening() {
        LocalKeys made = create(folder);
        LocalKeys opened = open(folder);
        assertThat(opened.checks()).isEqualTo(made.checks());
        assertThat(opened.published()).isEqualTo(made.published());
        assertThat(opened.idempotencyKey()).isEqualTo(made.idempotencyKey());
    }

    @Test
    void keyFilesAreReadableByTheirUserAlone() throws IOException {
        create(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anInterruptedFirstStartGoesOnWithTheKeysThatItMade() {
        assertThat(create(folder).checks()).isEqualTo(create(folder).checks());
    }

    @Test
    void anotherInstallationsKeyRefusesTheStartAndIsNamed(@TempDir Path other) throws IOException {
        create(folder);
        create(other);
        for (String name : List.of("log-ed25519-1.key", "log-ml-dsa-44-1.key", "kek-1.key", "idempotency-1.key")) {
            byte[] right = Files.readAllBytes(folder.resolve(name));
            Files.copy(other.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("not the key");
            Files.write(folder.resolve(name), right);
        }
        open(folder);
    }

    @Test
    void aKeyThatOthersMayReadRefusesTheStartAndIsNamed() throws IOException {
        create(folder);
        Path key = folder.resolve("kek-1.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(key + " is not this user's alone: its rights are rw-r-----");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        open(folder);
    }

    @Test
    void aMissingKeyRefusesTheStartAndIsNamed() throws IOException {
        create(folder);
        Files.delete(folder.resolve("pack-ed25519-1.key"));
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("pack-ed25519-1.key")
                .hasMessageContaining("missing");
    }

    @Test
    void aTruncatedKeyRefusesTheStartAndIsNamed() throws IOException {
        create(folder);
        Path file = folder.resolve("kek-1.key");
        Files.write(file, new byte[31]);
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("kek-1.key")
                .hasMessageContaining("damaged");
    }

    @Test
    void aWrappedKeyOpensUnderItsGenerationAndItsOwnerOnly() {
        WrappingKeys wrapping = create(folder).wrapping();
        byte[] dataKey = new byte[32];
        dataKey[5] = 5;
        byte[] wrapped = wrapping.wrap(dataKey, bytes("acme/1")).key();
        assertThat(wrapping.unwrap(1, wrapped, bytes("acme/1"))).isEqualTo(dataKey);
        assertThatThrownBy(() -> wrapping.unwrap(1, wrapped, bytes("acme/2")))
                .isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> wrapping.unwrap(2, wrapped, bytes("acme/1")))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("generation 2");
    }

    @Test
    void aWrappingKeyThatWasReplacedOpensUntilItIsDestroyed() throws IOException {
        LocalKeys keys = create(folder);
        byte[] dataKey = new byte[32];
        WrappingKeys.Wrapped old = keys.wrapping().wrap(dataKey, bytes("acme/1"));
        keys.prepareChange();
        assertThat(keys.wrapping().wrap(dataKey, bytes("acme/1")).generation()).isEqualTo(1);
        keys.activate();
        assertThat(keys.wrapping().wrap(dataKey, bytes("acme/1")).generation()).isEqualTo(2);
        assertThat(open(folder).wrapping().unwrap(1, old.key(), bytes("acme/1")))
                .isEqualTo(dataKey);

        byte[] left = Files.readAllBytes(folder.resolve("kek-1.key"));
        keys.forgetRetiredWrapping();
        assertThatThrownBy(() -> keys.wrapping().unwrap(1, old.key(), bytes("acme/1")))
                .isInstanceOf(KeyUnavailableException.class);
        // As a process leaves it that ends between the index and the file.
        Files.write(folder.resolve("kek-1.key"), left);
        open(folder).forgetRetiredWrapping();
        assertThat(folder.resolve("kek-1.key")).doesNotExist();
        assertThat(folder.resolve("kek-2.key")).exists();
    }

    @Test
    void aChangeIsSignedByTheOldKeyAndTheNew() throws IOException {
        LocalKeys keys = create(folder);
        VerifierKey old = keys.checkpointSigners().getFirst().verifierKey();
        KeyChange change = keys.prepareChange();
        assertThat(keys.checkpointSigners().getFirst().verifierKey()).isEqualTo(old);
        keys.activate();
        VerifierKey fresh = keys.checkpointSigners().getFirst().verifierKey();
        assertThat(fresh).isNotEqualTo(old);
        SignedNote note = SignedNote.parse(change.note().render());
        assertThat(note.verifiedBy(List.of(old, fresh))).containsExactlyInAnyOrder(old, fresh);
        assertThat(note.text()).contains(old.vkey()).contains(fresh.vkey());
    }

    @Test
    void bothGenerationsArePublishedWithTheirTimes() throws IOException {
        LocalKeys keys = create(folder);
        keys.prepareChange();
        assertThat(keys.published()).hasSize(4);
        keys.activate();
        assertThat(open(folder).published()).hasSize(8).satisfies(published -> {
            assertThat(published.stream().filter(key -> key.until() == null)).hasSize(4);
            assertThat(published.stream().filter(key -> key.generation() == 1))
                    .allSatisfy(key -> assertThat(key.until()).isEqualTo(CLOCK.millis()));
        });
    }

    @Test
    void aChangeThatWasPreparedIsTheSameAfterAnotherOpening() throws IOException {
        String first = create(folder).prepareChange().note().text();
        LocalKeys opened = open(folder);
        assertThat(opened.changeIsPending()).isTrue();
        assertThat(opened.prepareChange().note().text()).isEqualTo(first);
    }

    private static LocalKeys create(Path folder) {
        return LocalKeys.create(folder, ORIGIN, CLOCK, new SecureRandom());
    }

    private static LocalKeys open(Path folder) {
        return LocalKeys.open(folder, ORIGIN, CLOCK, new SecureRandom());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
