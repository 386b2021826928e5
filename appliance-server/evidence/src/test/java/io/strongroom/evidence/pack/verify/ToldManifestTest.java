package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest tells is compared with what is there, though whoever signs packs had signed it. */
class ToldManifestTest {
    private static final PackFixture LOG = PackFixture.log(40);
    // 18 selected of the 25 places from 5 on, two of them without their records.
    private static final PackFiles PACK = PackFiles.of(PackFixture.pack(
            LOG.describe(5, 30), LOG.source(5, 30, seq -> seq >= 7 && seq < 25, seq -> seq != 9 && seq != 10), null));

    @ParameterizedTest
    @ValueSource(strings = {"leaves", "entries", "records", "disclosures", "notSelected", "bodiesLeftOut"})
    void aCountThatIsNotThatOfTheFilesFails(String name) {
        String manifest = new String(PACK.get(PackLayout.MANIFEST), StandardCharsets.UTF_8);
        String told = manifest.replaceFirst("\"" + name + "\":([0-9]+)", "\"" + name + "\":9$1");
        assertThat(told).isNotEqualTo(manifest);
        assertFails(told, Rung.RECORDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"records", "entries", "disclosures"})
    void aPartThatIsHereAndNotListedFails(String folder) {
        String manifest = new String(PACK.get(PackLayout.MANIFEST), StandardCharsets.UTF_8);
        String told = manifest.replaceFirst("\\{[^{}]*\"data/" + folder + "/part-00000.ndjson\"[^{}]*}", "")
                .replace("[,", "[")
                .replace(",,", ",")
                .replace(",]", "]");
        assertThat(told).hasSizeLessThan(manifest.length());
        assertFails(told, Rung.RECORDED);
    }

    /** Without the entry nothing else tells where it was: its record stands there, but names no place. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 24})
    void whereNothingIsLeftOutThePlaceOfAMissingEntryIsTold(int gone) {
        PackFiles pack = PackFiles.of(LOG.pack(5, 30));
        String path = PackLayout.part(PackLayout.ENTRIES, 0);
        List<String> lines = pack.lines(path);
        lines.remove(gone);
        pack.lines(path, lines);
        Ladder ladder = pack.verify(PackFixture.trust());
        assertThat(ladder.verdict(Rung.INTACT).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(path);
        assertThat(ladder.failure().orElseThrow().place()).isEqualTo(5 + gone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.1", "1.1.0", "2.0.0", ""})
    void aManifestOfAnotherVersionIsNotReadAsIfItWereKnown(String version) {
        String manifest = new String(PACK.get(PackLayout.MANIFEST), StandardCharsets.UTF_8);
        assertFails(manifest.replace("\"1.0.0\"", '"' + version + '"'), Rung.SIGNED);
    }

    private static void assertFails(String manifest, Rung rung) {
        PackFiles pack = PACK.copy();
        assertThat(pack.verify(PackFixture.trust()).exitCode()).isZero();
        pack.put(PackLayout.MANIFEST, manifest);
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        Ladder ladder = pack.verify(PackFixture.trust());
        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(ladder.verdict(rung).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(PackLayout.MANIFEST);
    }
}
