package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.pack.write.PackFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackRecordsTest {
    private static final int ENTRIES = 300;
    private static final PackFixture LOG = PackFixture.log(ENTRIES);

    @TempDir
    Path folder;

    private Path pack(LongPredicate body) throws IOException {
        Path file = folder.resolve("pack.zip");
        Files.write(
                file,
                PackFixture.pack(
                        LOG.describe(0, ENTRIES), LOG.source(0, ENTRIES, seq -> seq % 7 != 3, body::test), null));
        return file;
    }

    @Test
    void pagesAreTheSameInWhateverOrderTheyAreTurned() throws IOException {
        try (PackRecords whole = PackRecords.open(pack(seq -> seq % 11 != 5));
                PackRecords turned = PackRecords.open(folder.resolve("pack.zip"))) {
            List<PackRecord> all = whole.page(0, ENTRIES);
            assertThat(all).hasSizeGreaterThan(200).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
            Random random = new Random(5);
            for (int i = 0; i < 200; i++) {
                int first = random.nextInt(all.size() + 10);
                int count = random.nextInt(100);
                List<PackRecord> expected =
                        all.subList(Math.min(first, all.size()), Math.min(first + count, all.size()));
                assertThat(turned.page(first, count).stream().map(PackRecordsTest::told))
                        .containsExactlyElementsOf(
                                expected.stream().map(PackRecordsTest::told).toList());
            }
        }
    }

    @Test
    void aRecordComesWithItsEntryAndWithWhatThePackShowsOfItsHiddenFields() throws IOException {
        try (PackRecords records = PackRecords.open(pack(seq -> true))) {
            List<PackRecord> all = records.page(0, ENTRIES);
            for (PackRecord record : all) {
                CanonicalObject entry = CanonicalObject.ofCanonical(record.entry());
                CanonicalObject body = CanonicalObject.ofCanonical(record.record());
                assertThat(entry.require("seq").integer()).isEqualTo(record.seq());
                assertThat(entry.require("id").string())
                        .isEqualTo(body.require("recordId").string());
                for (Disclosure disclosure : record.disclosed()) {
                    assertThat(new String(record.record(), java.nio.charset.StandardCharsets.UTF_8))
                            .contains(disclosure.digest());
                }
            }
            assertThat(all.stream()
                            .mapToInt(record -> record.disclosed().size())
                            .sum())
                    .isPositive();
        }
    }

    @Test
    void behindTheLastRecordThereIsNothing() throws IOException {
        try (PackRecords records = PackRecords.open(pack(seq -> true))) {
            assertThat(records.page(ENTRIES + 1L, 10)).isEmpty();
            assertThat(records.page(0, 1)).hasSize(1);
        }
    }

    @Test
    void verifyingTellsHowFarItIsAndEndsAtTheEnd() throws IOException {
        Path file = pack(seq -> true);
        List<Double> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        Ladder ladder = new PackVerifier(PackFixture.trust(), java.util.Set.of())
                .verify(file, (read, total) -> told.add(read / (double) total));
        assertThat(ladder.exitCode()).isZero();
        assertThat(told).isNotEmpty();
        assertThat(told.getFirst()).isLessThan(0.5);
        assertThat(told.stream().mapToDouble(part -> part).max().orElse(0)).isGreaterThanOrEqualTo(1.0);
    }

    @Test
    void verifyingEndsWhenItIsInterrupted() throws IOException {
        Path file = pack(seq -> true);
        PackVerifier verifier = new PackVerifier(PackFixture.trust(), java.util.Set.of());
        assertThatThrownBy(() -> {
                    Thread.currentThread().interrupt();
                    verifier.verify(file, (read, total) -> {});
                })
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static String told(PackRecord record) {
        return record.seq() + " " + new String(record.record(), java.nio.charset.StandardCharsets.UTF_8)
                + IntStream.range(0, record.disclosed().size())
                        .mapToObj(i -> record.disclosed().get(i).encoded())
                        .toList();
    }
}
