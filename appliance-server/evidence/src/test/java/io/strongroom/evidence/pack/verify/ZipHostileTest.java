package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.strongroom.evidence.pack.write.PackFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips and folders made to deceive never get past the first rung. */
class ZipHostileTest {
    private static final byte[] ZIP = PackFixture.log(3).pack(0, 3);

    private static void assertRefused(Ladder ladder) {
        assertThat(ladder.verdict(Rung.COMPLETE).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.exitCode()).isEqualTo(1);
    }

    /** Puts other bytes for a name everywhere in the zip, of the same length. */
    private static byte[] renamed(String from, String to) {
        byte[] zip = ZIP.clone();
        byte[] name = from.getBytes(StandardCharsets.UTF_8);
        byte[] other = to.getBytes(StandardCharsets.UTF_8);
        assertThat(other).hasSameSizeAs(name);
        int found = 0;
        for (int i = 0; i + name.length <= zip.length; i++) {
            if (Arrays.equals(zip, i, i + name.length, name, 0, name.length)) {
                System.arraycopy(other, 0, zip, i, name.length);
                found++;
            }
        }
        assertThat(found).isPositive();
        return zip;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pack-01/../agit.txt",
                "/ack-01/bagit.txtxx",
                "pack-01/bagit.tx\\ab",
                "pack-01/~/gitabcdef",
                "pack-01//bagit.tx.x",
                "pack-01/c:agit.txt.",
                "pack-01/bagit\u0000txtab",
                "pack-02/bagit.txtabc",
                "pack-01/manifest.jso",
                "pack-01/MANIFEST.JSO"
            })
    void namesThatLeadElsewhereOrAreAlikeAreRefused(String name) {
        String target = "pack-01/bag-info.txt";
        String padded = (name + "xxxxxxxxxxxxxxxxxxxx").substring(0, target.length());
        assertRefused(PackFiles.verifyZip(renamed(target, padded), PackFixture.trust()));
    }

    @Test
    void aNameTwiceIsRefused() {
        // 20 characters, like another.
        assertRefused(
                PackFiles.verifyZip(renamed("pack-01/keys/log.vkey", "pack-01/manifest.json"), PackFixture.trust()));
    }

    @Test
    void aListOfFilesToFetchIsRefused() {
        assertRefused(PackFiles.verifyZip(renamed("pack-01/bagit.txt", "pack-01/fetch.txt"), PackFixture.trust()));
    }

    @Test
    void somethingBeforeBetweenOrBehindTheFilesIsRefused() throws IOException {
        byte[] behind = Arrays.copyOf(ZIP, ZIP.length + 1);
        assertRefused(PackFiles.verifyZip(behind, PackFixture.trust()));
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        before.write("MZ".getBytes(StandardCharsets.US_ASCII));
        before.write(ZIP);
        assertRefused(PackFiles.verifyZip(before.toByteArray(), PackFixture.trust()));
    }

    @Test
    void aZipThatWasPackedAnewIsRefusedAndTheReasonSaysWhatToDo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (var file : PackFiles.of(ZIP).files.entrySet()) {
                out.putNextEntry(new ZipEntry("pack-01/" + file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        Ladder ladder = PackFiles.verifyZip(bytes.toByteArray(), PackFixture.trust());
        assertRefused(ladder);
        assertThat(ladder.failure().orElseThrow().expected()).contains("unpack it and verify the folder");
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 1024];
        int length = deflater.deflate(packed);
        assertThat(deflater.finished()).isTrue();
        return Arrays.copyOf(packed, length);
    }

    /** Reads a file of which the zip says that it has so many bytes. */
    private static void inflate(Path folder, byte[] packed, byte[] content, long size, OutputStream to)
            throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        Path file = Files.write(folder.resolve("deflated"), packed);
        ZipMember member = new ZipMember("p/a", true, crc.getValue(), packed.length, size, 0);
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = new ZipContent(ZipSource.of(channel), "a", member)) {
            in.transferTo(to);
        }
    }

    @Test
    void aFileThatInflatesPastWhatTheZipSaysIsNotReadFurther(@TempDir Path folder) {
        byte[] content = new byte[4 << 20];
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inflate(folder, deflated(content), content, 1 << 20, read))
                .withMessageContaining("1048576 bytes, as the zip says");
        assertThat(read.size()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void aDeflatedFileIsReadWholeOrRefused(@TempDir Path folder) throws IOException {
        byte[] content = new byte[400_000];
        new Random(1).nextBytes(content);
        byte[] packed = deflated(content);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        inflate(folder, packed, content, content.length, read);
        assertThat(read.toByteArray()).isEqualTo(content);

        for (int length : new int[] {0, 1, 128 * 1024, packed.length - 1}) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> inflate(folder, cut, content, content.length, OutputStream.nullOutputStream())));
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inflate(
                        folder,
                        Arrays.copyOf(packed, packed.length + 1),
                        content,
                        content.length,
                        OutputStream.nullOutputStream()))
                .withMessageContaining("something behind them");
    }

    @Test
    void whatIsNoZipIsRefused() {
        assertRefused(PackFiles.verifyZip(new byte[0], PackFixture.trust()));
        assertRefused(PackFiles.verifyZip(new byte[100], PackFixture.trust()));
        assertRefused(PackFiles.verifyZip("not a zip, but a longer text".getBytes(StandardCharsets.UTF_8), null));
    }

    @Test
    void aLinkInAFolderIsRefused(@TempDir Path folder) throws IOException {
        PackFiles pack = PackFiles.of(ZIP);
        for (var file : pack.files.entrySet()) {
            Path path = folder.resolve("p").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        assertThat(new PackVerifier(PackFixture.trust(), Set.of())
                        .verify(folder)
                        .exitCode())
                .isZero();
        Path moved = folder.resolve("bagit.txt");
        Files.move(folder.resolve("p/bagit.txt"), moved);
        Files.createSymbolicLink(folder.resolve("p/bagit.txt"), moved);
        assertRefused(new PackVerifier(PackFixture.trust(), Set.of()).verify(folder.resolve("p")));
    }
}
