package io.strongroom.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final byte[] KEY = new byte[Spool.KEY_BYTES];

    private final Path folder;
    private final Spool spool;

    SpoolTest(@TempDir Path folder) throws IOException {
        this.folder = folder.resolve("spool");
        this.spool = new Spool(this.folder, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000, 1 << 20, 5_000_000})
    void givesBackAnyLengthFromAnyOffset(int length) throws IOException {
        byte[] content = random(length);

        assertThat(write("a", content)).isEqualTo(length);
        for (int offset : new int[] {0, 1, 65_535, 65_536, 70_000, length - 1, length}) {
            if (offset >= 0 && offset <= length) {
                assertThat(read("a", length, offset)).isEqualTo(Arrays.copyOfRange(content, offset, length));
            }
        }
    }

    @Test
    void nothingStandsInClearOnTheDisk() throws IOException {
        String secret = "john@example.com";
        write("a", secret.repeat(10_000).getBytes(StandardCharsets.UTF_8));

        assertThat(Files.readString(file("a"), StandardCharsets.ISO_8859_1)).doesNotContain("john", "example");
    }

    @Test
    void aChangedByteIsNoticedBeforeItIsGiven() throws IOException {
        byte[] content = random(200_000);
        write("a", content);
        byte[] stored = Files.readAllBytes(file("a"));
        stored[100_000] ^= 1;
        Files.write(file("a"), stored);

        assertThatThrownBy(() -> read("a", content.length, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed on disk");
        // The last chunk is by itself and whole.
        assertThat(read("a", content.length, 199_999)).hasSize(1);
    }

    @Test
    void chunksCannotBeMovedNorBroughtFromAnotherSpool() throws IOException {
        byte[] content = random(2 * ChunkCipher.CHUNK);
        write("a", content);
        write("b", content);
        byte[] stored = Files.readAllBytes(file("a"));
        int half = stored.length / 2;
        byte[] swapped = new byte[stored.length];
        System.arraycopy(stored, half, swapped, 0, half);
        System.arraycopy(stored, 0, swapped, half, half);
        Files.write(file("a"), swapped);

        assertThatThrownBy(() -> read("a", content.length, 0)).isInstanceOf(IOException.class);

        Files.write(file("a"), Files.readAllBytes(file("b")));
        assertThatThrownBy(() -> read("a", content.length, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void aCutOffSpoolIsNoticed() throws IOException {
        byte[] content = random(200_000);
        write("a", content);
        Files.write(file("a"), Arrays.copyOf(Files.readAllBytes(file("a")), 65_552));

        assertThatThrownBy(() -> read("a", content.length, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aFullDiskIsToldBeforeAnythingIsWritten() throws IOException {
        Spool full = new Spool(folder, Long.MAX_VALUE);

        assertThatThrownBy(() -> full.write("a", KEY))
                .isInstanceOf(SpoolFullException.class)
                .hasMessageContaining("make room");
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void aSweepKeepsWhatIsAskedForAndNothingElse() throws IOException {
        write("kept", random(10));
        write("left", random(10));
        Files.writeString(folder.resolve("other"), "x");

        spool.sweep(Set.of("kept"));

        assertThat(spool.has("kept")).isTrue();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void whatIsKeptElsewhereIsOpenedWithTheSameNameAndKey(int length) throws IOException {
        byte[] content = random(length);
        write("a", content);
        byte[] elsewhere;
        try (InputStream in = spool.sealed("a")) {
            elsewhere = in.readAllBytes();
        }

        assertThat(elsewhere).hasSize(Math.toIntExact(Spool.sealedSize(length)));
        try (InputStream in = Spool.unseal(new ByteArrayInputStream(elsewhere), "a", KEY, length, 0)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        for (int from : new int[] {0, length / 3, length - length / 3, length}) {
            int sealedFrom = Math.toIntExact(Math.min(elsewhere.length, Spool.sealedOffset(from)));
            byte[] rest = Arrays.copyOfRange(elsewhere, sealedFrom, elsewhere.length);
            try (InputStream in = Spool.unseal(new ByteArrayInputStream(rest), "a", KEY, length, from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, from, length));
            }
        }
        if (length > 0) {
            InputStream other = Spool.unseal(new ByteArrayInputStream(elsewhere), "b", KEY, length, 0);
            assertThatThrownBy(other::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private long write(String name, byte[] content) throws IOException {
        try (Spool.Writing out = spool.write(name, KEY)) {
            // In uneven pieces, across the chunks' borders.
            int at = 0;
            for (int piece = 1; at < content.length; piece = piece * 3 + 1) {
                int length = Math.min(piece, content.length - at);
                out.write(content, at, length);
                at += length;
            }
            return out.finish();
        }
    }

    private byte[] read(String name, long size, long offset) throws IOException {
        try (InputStream in = spool.read(name, KEY, size, offset).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".spool");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
