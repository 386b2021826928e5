package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever one changes in a pack, it fails, at the right rung, with the right place. */
class PackTamperProperties {
    private static final PackFixture LOG = PackFixture.log(12);
    private static final byte[] ZIP = LOG.pack(2, 11);
    private static final PackFiles PACK = PackFiles.of(ZIP);
    private static final TrustFile TRUST = PackFixture.trust();
    private static final String RECORDS = PackLayout.part(PackLayout.RECORDS, 0);
    private static final String ENTRIES = PackLayout.part(PackLayout.ENTRIES, 0);

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of(List.copyOf(PACK.files.keySet()));
    }

    @Provide
    Arbitrary<String> lineFiles() {
        return Arbitraries.of(List.of(RECORDS, ENTRIES));
    }

    private static void assertFails(Ladder ladder, Rung rung, String file) {
        assertThat(ladder.exitCode()).isEqualTo(1);
        Failure failure = ladder.failure().orElseThrow();
        assertThat(ladder.verdict(rung).outcome()).as(failure.toString()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(failure.file()).as(failure.toString()).isEqualTo(file);
        for (Rung below : Rung.values()) {
            if (below.ordinal() < rung.ordinal()) {
                assertThat(ladder.verdict(below).held()).isTrue();
            }
        }
    }

    @Property(tries = 400)
    void aChangedByteOfTheZipFails(
            @ForAll @IntRange(max = 10_000_000) int at, @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] zip = ZIP.clone();
        zip[at % zip.length] ^= (byte) with;
        Ladder ladder = PackFiles.verifyZip(zip, TRUST);
        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(ladder.failure()).isPresent();
    }

    @Property(tries = 100)
    void aTruncatedOrLengthenedZipFails(@ForAll @IntRange(min = 1, max = 10_000_000) int cut) {
        byte[] shorter = Arrays.copyOf(ZIP, ZIP.length - 1 - cut % (ZIP.length - 1));
        assertThat(PackFiles.verifyZip(shorter, TRUST).exitCode()).isEqualTo(1);
        byte[] longer = Arrays.copyOf(ZIP, ZIP.length + 1 + cut % 1000);
        assertThat(PackFiles.verifyZip(longer, TRUST).exitCode()).isEqualTo(1);
    }

    @Property(tries = 300)
    void aChangedByteOfAFileIsFoundInThatFile(
            @ForAll("files") String path,
            @ForAll @IntRange(max = 10_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int with) {
        PackFiles pack = PACK.copy();
        byte[] bytes = pack.get(path);
        bytes[at % bytes.length] ^= (byte) with;
        assertFails(pack.verify(TRUST), Rung.INTACT, path);
    }

    @Property(tries = 60)
    void aTruncatedFileIsFound(@ForAll("files") String path, @ForAll @IntRange(max = 10_000_000) int cut) {
        PackFiles pack = PACK.copy();
        byte[] bytes = pack.get(path);
        pack.files.put(path, Arrays.copyOf(bytes, cut % bytes.length));
        assertFails(pack.verify(TRUST), Rung.INTACT, path);
    }

    @Property(tries = 60)
    void aRemovedFileIsMissed(@ForAll("files") String path) {
        PackFiles pack = PACK.copy();
        pack.files.remove(path);
        assertFails(pack.verify(TRUST), Rung.COMPLETE, path);
    }

    @Property(tries = 40)
    void anAddedFileIsFound(@ForAll("files") String beside) {
        PackFiles pack = PACK.copy();
        pack.put(beside + ".more", "more");
        assertFails(pack.verify(TRUST), Rung.COMPLETE, beside + ".more");
    }

    @Property(tries = 60)
    void swappedFilesAreFound(@ForAll("files") String one, @ForAll("files") String other) {
        if (one.equals(other)) {
            return;
        }
        PackFiles pack = PACK.copy();
        byte[] kept = pack.get(one);
        pack.files.put(one, pack.get(other));
        pack.files.put(other, kept);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.verdict(Rung.INTACT).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isIn(one, other);
    }

    @Property(tries = 60)
    void aLineThatIsRemovedDoubledOrSwappedIsFoundWithItsPlace(
            @ForAll("lineFiles") String path, @ForAll @IntRange(max = 7) int line, @ForAll @IntRange(max = 2) int how) {
        PackFiles pack = PACK.copy();
        List<String> lines = pack.lines(path);
        change(lines, line, how);
        pack.lines(path, lines);
        Ladder ladder = pack.verify(TRUST);
        assertFails(ladder, Rung.INTACT, path);
        assertThat(ladder.failure().orElseThrow().place())
                .isIn((Object) null, (Object) line(line), (Object) line(line + 1));
    }

    private static Object line(int line) {
        return 2L + line;
    }

    private static void change(List<String> lines, int line, int how) {
        switch (how) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(line));
            default -> Collections.swap(lines, line, line + 1);
        }
    }

    @Property(tries = 60)
    void whoeverHasThePackKeysStillCannotChangeWhatTheLedgerTookIn(
            @ForAll("lineFiles") String path, @ForAll @IntRange(max = 7) int line, @ForAll @IntRange(max = 3) int how) {
        PackFiles pack = PACK.copy();
        byte[] before = pack.get(path);
        List<String> lines = pack.lines(path);
        if (how == 3) {
            lines.set(line, lines.get(line).replace("door-service", "gate-service"));
        } else {
            change(lines, line, how);
        }
        pack.lines(path, lines);
        pack.refit(path, before);
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.verdict(Rung.SIGNED).held()).isTrue();
        assertThat(ladder.verdict(Rung.RECORDED).outcome())
                .as(ladder.toString())
                .isEqualTo(Verdict.Outcome.FAILED);
        if (how == 3) {
            assertThat(ladder.failure().orElseThrow().file()).isEqualTo(path);
            assertThat(ladder.failure().orElseThrow().place()).isEqualTo(2L + line);
        }
    }

    @Property(tries = 40)
    void whoeverHasThePackKeysStillCannotChangeALeaf(@ForAll @IntRange(max = 287) int at) {
        PackFiles pack = PACK.copy();
        String path = PackLayout.leaves(2, 11);
        pack.get(path)[at] ^= 1;
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().place()).isIn(2L + at / 32, 3L + at / 32);
    }

    @Property(tries = 40)
    void whoeverHasNotThePackKeysCannotSignAnotherPack(@ForAll("files") String path) {
        PackFiles pack = PACK.copy();
        if (!path.equals(PackLayout.SIGNED_MANIFEST)) {
            pack.get(path)[0] ^= 1;
        }
        pack.seal(PackFixture.LOG, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.exitCode()).isEqualTo(1);
        if (!List.of(
                        PackLayout.MANIFEST,
                        PackLayout.TAG_MANIFEST,
                        PackLayout.SIGNED_MANIFEST,
                        PackLayout.PAYLOAD_MANIFEST)
                .contains(path)) {
            assertFails(ladder, Rung.SIGNED, PackLayout.SIGNED_MANIFEST);
        }
    }

    @Property(tries = 30)
    void bothAlgorithmsAreNeeded(@ForAll boolean first) {
        PackFiles pack = PACK.copy();
        pack.seal(first ? PackFixture.PACK : PackFixture.PACK_PQ);
        assertFails(pack.verify(TRUST), Rung.SIGNED, PackLayout.SIGNED_MANIFEST);
        assertFails(pack.verify(null), Rung.SIGNED, PackLayout.SIGNED_MANIFEST);
    }

    @Property(tries = 20)
    void namesAlikeAreRefused(@ForAll("files") String path) {
        PackFiles pack = PACK.copy();
        List<String> odd = new ArrayList<>(List.of(path.toUpperCase(java.util.Locale.ROOT)));
        for (String name : odd) {
            if (!name.equals(path)) {
                pack.put(name, "x");
                Ladder ladder = pack.verify(TRUST);
                assertThat(ladder.verdict(Rung.COMPLETE).outcome()).isEqualTo(Verdict.Outcome.FAILED);
            }
        }
    }
}
