package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has the pack's keys can sign any files; what the ledger took in says which of them hold, and why not. */
class ResealedPackTest {
    private static final PackFixture LOG = PackFixture.log(40);
    private static final PackFiles PACK = PackFiles.of(LOG.pack(0, 30));
    private static final String RECORDS = PackLayout.part(PackLayout.RECORDS, 0);
    private static final String ENTRIES = PackLayout.part(PackLayout.ENTRIES, 0);
    private static final String DISCLOSURES = PackLayout.part(PackLayout.DISCLOSURES, 0);
    private static final String LEAVES = PackLayout.leaves(0, 30);

    private static Failure refused(Consumer<PackFiles> how) {
        PackFiles pack = PACK.copy();
        how.accept(pack);
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(PackFixture.trust());
        assertThat(ladder.verdict(Rung.SIGNED).held()).as(ladder.toString()).isTrue();
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        return ladder.failure().orElseThrow();
    }

    private static Consumer<PackFiles> lines(String path, Consumer<List<String>> how) {
        return pack -> {
            List<String> lines = pack.lines(path);
            how.accept(lines);
            pack.lines(path, lines);
        };
    }

    private static Failure refusedLine(String path, int line, UnaryOperator<String> how) {
        return refused(lines(path, lines -> {
            String before = lines.get(line);
            lines.set(line, how.apply(before));
            assertThat(lines.get(line)).isNotEqualTo(before);
        }));
    }

    @Test
    void asItWasItHolds() {
        PackFiles pack = PACK.copy();
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        assertThat(pack.verify(PackFixture.trust()).failure()).isEmpty();
    }

    /** Not the first line and not the last, whose places the manifest tells, too. */
    @ParameterizedTest
    @ValueSource(strings = {"13", "11", "0", "29", "30"})
    void disclosuresNameThePlaceOfTheirRecord(String place) {
        Failure failure = refusedLine(DISCLOSURES, 2, line -> line.replace("\"seq\":12", "\"seq\":" + place));
        assertThat(failure.place()).isEqualTo(12);
        assertThat(failure.expected()).contains("that name place 12");
        assertThat(failure.found()).endsWith(" " + place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"seq\":12 | \"seq\":-1",
                "\"seq\":12 | \"seq\":-12",
                "\"seq\":12 | \"seq\":12.5",
                "\"seq\":12 | \"seq\": 12",
                "\"seq\":12 | \"seq\":12,\"z\":1",
                ",\"seq\":12 | ``",
                "{\"disclosures\" | {\"and\":1,\"disclosures\"",
                "\"recordId\":\"0 | \"recordId\":\"",
            })
    void aLineOfDisclosuresHasItsOneForm(String part, String other) {
        Failure failure = refusedLine(DISCLOSURES, 2, line -> line.replace(part, other));
        assertThat(failure.file()).isEqualTo(DISCLOSURES);
        assertThat(failure.expected()).isEqualTo("disclosures of one record in line 3");
    }

    @Test
    void disclosuresOfNoRecordAreRefused() {
        Failure failure = refused(lines(
                DISCLOSURES,
                lines -> lines.add(lines.getLast().replace(idOf(24), idOf(36)).replace(":24}", ":36}"))));
        assertThat(failure.file()).isEqualTo(DISCLOSURES);
        assertThat(failure.expected()).startsWith("only disclosures of records that are here");
        assertThat(failure.place()).isEqualTo(36);
    }

    private static String idOf(int seq) {
        String record = new String(LOG.record(seq), StandardCharsets.UTF_8);
        int at = record.indexOf("\"recordId\":\"") + "\"recordId\":\"".length();
        return record.substring(at, at + 26);
    }

    @ParameterizedTest
    @ValueSource(strings = {"records", "entries", "disclosures"})
    void aPartEndsInANewline(String folder) {
        String path = "data/" + folder + "/part-00000.ndjson";
        Failure cut = refused(pack -> pack.files.put(path, Arrays.copyOf(pack.get(path), pack.get(path).length - 1)));
        assertThat(cut.file()).isEqualTo(path);
        Failure more = refused(pack -> pack.files.put(path, concat(pack.get(path), "{}")));
        assertThat(more.file()).isEqualTo(path);
        assertThat(more.expected()).startsWith("a newline behind line ");
    }

    private static byte[] concat(byte[] bytes, String more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length());
        System.arraycopy(more.getBytes(StandardCharsets.US_ASCII), 0, all, bytes.length, more.length());
        return all;
    }

    @Test
    void aRecordBehindTheLastEntryIsRefused() {
        Failure failure =
                refused(lines(RECORDS, lines -> lines.add(new String(LOG.record(30), StandardCharsets.UTF_8))));
        assertThat(failure.file()).isEqualTo(RECORDS);
        assertThat(failure.expected()).isEqualTo("an entry for the record in line 31");
        assertThat(refused(lines(RECORDS, lines -> lines.add("{}"))).file()).isEqualTo(RECORDS);
    }

    @Test
    void anEntryBehindTheRangeOrASecondTimeIsRefused() {
        Failure behind = refused(lines(ENTRIES, lines -> lines.add(new String(LOG.entry(30), StandardCharsets.UTF_8))));
        assertThat(behind.expected()).isEqualTo("places of the range [0, 30) in their order");
        assertThat(behind.place()).isEqualTo(30);
        Failure again = refused(lines(ENTRIES, lines -> lines.add(5, lines.get(4))));
        assertThat(again.expected()).isEqualTo("places of the range [0, 30) in their order");
        assertThat(again.place()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {-32, -31, -1, 1, 31, 32, 64})
    void theLeafHashesAreThoseOfTheRangeAndNoMore(int more) {
        Failure failure = refused(
                pack -> pack.files.put(LEAVES, Arrays.copyOf(pack.get(LEAVES), pack.get(LEAVES).length + more)));
        assertThat(failure.file()).isIn(LEAVES, ENTRIES);
    }

    /** Records, entries and leaves that fit one another in all, and a checkpoint of the log, which never had them. */
    @Test
    void aHistoryThatTheLogDidNotSignIsRefusedThoughItFitsItself() {
        PackFixture other = PackFixture.log(40, 8);
        for (int from : new int[] {0, 7}) {
            byte[] zip =
                    PackFixture.pack(LOG.describe(from, 30), other.source(from, 30, seq -> true, seq -> true), null);
            Ladder ladder = PackFiles.verifyZip(zip, PackFixture.trust());
            assertThat(ladder.verdict(Rung.SIGNED).held()).isTrue();
            assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
            Failure failure = ladder.failure().orElseThrow();
            assertThat(failure.file()).isEqualTo(PackLayout.leaves(from, 30));
            assertThat(failure.expected()).contains(LOG.root(40).toString());
            assertThat(failure.found()).isEqualTo("another root");
        }
    }

    @Test
    void aBundleHasTheFilesOfItsDigestAndNoOther() {
        String folder = PackLayout.POLICY + LOG.policy().hex() + "/";
        for (Consumer<PackFiles> how : List.<Consumer<PackFiles>>of(
                pack -> pack.put(folder + "bundle.yaml", "classes: [other]\n"),
                pack -> pack.put(folder + "more.yaml", ""),
                pack -> pack.files.remove(folder + "tests/a.yaml"))) {
            Failure failure = refused(how);
            assertThat(failure.file())
                    .isEqualTo(PackLayout.POLICY + LOG.policy().hex());
            assertThat(failure.expected()).isEqualTo("a policy bundle with this digest");
        }
    }
}
