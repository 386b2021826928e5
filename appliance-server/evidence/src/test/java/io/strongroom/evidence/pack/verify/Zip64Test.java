package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.pack.write.ZipFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than 65,535 files, and more than 4 GiB (APPNOTE 4.3.9, 4.3.14, 4.5.3). */
class Zip64Test {
    private static final long FOUR_GIB = 1L << 32;
    private static final byte[] ZEROS = new byte[64 * 1024];
    private static final byte[] TEXT = "behind four gibibytes".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535, 65_536, 70_000})
    void manyFilesAreReadAsTheyWereWritten(int files) throws IOException {
        SparseFile zip = many(files);
        List<ZipMember> members = new ZipDirectory(zip).read();
        assertThat(members).hasSize(files);
        assertThat(members.getLast().name()).isEqualTo("p/" + (files - 1));
        try (InputStream last = new ZipContent(zip, "last", members.getLast())) {
            assertThat(last.readAllBytes()).isEqualTo(TEXT);
        }
    }

    private static SparseFile many(int files) throws IOException {
        SparseFile file = new SparseFile();
        ZipFixture.write(file.out(), zip -> {
            for (int i = 0; i < files; i++) {
                zip.file("p/" + i, TEXT.length, TEXT, 1);
            }
        });
        return file;
    }

    @Test
    void anEndOfAZip64ThatDisagreesIsRefused() throws IOException {
        int end = 22;
        int locator = 20;
        int wide = 56;
        SparseFile zip = many(65_536);
        for (int at = 1; at <= end + locator + wide; at++) {
            zip.flip(zip.size() - at);
            assertThatExceptionOfType(RefusedException.class)
                    .as("byte %d from the end", at)
                    .isThrownBy(() -> new ZipDirectory(zip).read());
            zip.flip(zip.size() - at);
        }
        assertThat(new ZipDirectory(zip).read()).hasSize(65_536);
    }

    @Test
    void aPackOfManyFilesVerifies(@TempDir Path folder) throws IOException {
        int many = 66_000;
        PackFixture log = PackFixture.log(3);
        Attachment[] files = new Attachment[many];
        StringJoiner references = references();
        for (int i = 0; i < many; i++) {
            byte[] value = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            files[i] = Attachment.of(PackLayout.object(Digest.of(value)), value);
            references.add("{\"$object\":\"" + Digest.of(value) + "\",\"bytes\":" + value.length + "}");
            if ((i + 1) % 1000 == 0) {
                log.scan(references.toString(), false);
                references = references();
            }
        }
        Path pack = Files.write(
                folder.resolve("pack.zip"),
                PackFixture.pack(
                        log.describe(0, log.size()), log.source(0, log.size(), s -> true, s -> true, files), null));
        Ladder ladder = new PackVerifier(PackFixture.trust(), java.util.Set.of()).verify(pack);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        try (ZipFile others = new ZipFile(pack.toFile())) {
            assertThat(others.size()).isGreaterThan(many);
            try (InputStream last = others.getInputStream(others.getEntry("pack-01/" + files[many - 1].path()))) {
                assertThat(last.readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("65999");
            }
        }
    }

    private static StringJoiner references() {
        return new StringJoiner(",", "[", "]");
    }

    @Test
    void aFileThatMayBeLongerThanFourGibibytesHasLongLengths() throws IOException {
        SparseFile file = new SparseFile();
        ZipFixture.write(file.out(), zip -> {
            zip.file("p/announced", FOUR_GIB, ZEROS, 100);
            zip.file("p/next", TEXT.length, TEXT, 1);
        });
        List<ZipMember> members = new ZipDirectory(file).read();
        assertThat(members.getFirst().size()).isEqualTo(100L * ZEROS.length);
        readWhole(file, members.getFirst());
        readWhole(file, members.getLast());
    }

    @Test
    void filesOfMoreThanFourGibibytesAndBehindThemAreReadAsTheyWereWritten() throws IOException {
        SparseFile file = new SparseFile();
        long times = FOUR_GIB / ZEROS.length + 1;
        ZipFixture.write(file.out(), zip -> {
            zip.file("p/long", 2 * FOUR_GIB, ZEROS, times);
            assertThat(zip.written()).isGreaterThan(FOUR_GIB);
            zip.file("p/far", TEXT.length, TEXT, 1);
            zip.file("p/far-and-wide", FOUR_GIB, ZEROS, 20);
        });
        List<ZipMember> members = new ZipDirectory(file).read();
        assertThat(members).extracting(ZipMember::name).containsExactly("p/long", "p/far", "p/far-and-wide");
        assertThat(members.get(0).size()).isEqualTo(times * ZEROS.length);
        assertThat(members.get(1).dataOffset()).isGreaterThan(FOUR_GIB);
        readWhole(file, members.get(0));
        readWhole(file, members.get(2));
        try (InputStream far = new ZipContent(file, "far", members.get(1))) {
            assertThat(far.readAllBytes()).isEqualTo(TEXT);
        }
    }

    /** Its length and checksum are compared at its end. */
    private static void readWhole(SparseFile file, ZipMember member) throws IOException {
        try (InputStream in = new ZipContent(file, member.name(), member)) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(member.size());
        }
    }
}
