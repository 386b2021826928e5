package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack has three lists of its files. Whichever of them a reader goes by, it says the same, or the pack fails. */
class BagListsTest {
    private static final PackFiles PACK = PackFiles.of(PackFixture.log(3).pack(0, 3));
    private static final String OTHER = Digest.of(new byte[] {1}).hex() + "  ";

    private static void assertFails(PackFiles pack, Rung rung, String file) {
        Ladder ladder = pack.verify(PackFixture.trust());
        assertThat(ladder.verdict(rung).outcome()).as(ladder.toString()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(file);
    }

    private static String line(String path) {
        return Digest.of(PACK.get(path)).hex() + "  " + path;
    }

    /** What a list should not say, that of the files of the other list beside. */
    private static List<Consumer<List<String>>> lies(String other) {
        return List.of(
                List::removeFirst,
                List::removeLast,
                lines -> lines.set(1, OTHER + lines.get(1).substring(66)),
                lines -> lines.add(line(other)),
                lines -> lines.add(OTHER + "data/none"),
                lines -> lines.add(line(PackLayout.TAG_MANIFEST)),
                lines -> lines.set(0, lines.get(0).replace("  ", " *")));
    }

    @Test
    void theListOfThePayloadNamesEachOfItsFilesAndNoOther() {
        for (Consumer<List<String>> lie : lies(PackLayout.MANIFEST)) {
            PackFiles pack = PACK.copy();
            List<String> lines = pack.lines(PackLayout.PAYLOAD_MANIFEST);
            lie.accept(lines);
            pack.lines(PackLayout.PAYLOAD_MANIFEST, lines);
            pack.sign(pack.predicate(), PackFixture.PACK, PackFixture.PACK_PQ);
            assertFails(pack, Rung.INTACT, PackLayout.PAYLOAD_MANIFEST);
        }
    }

    @Test
    void theListOfTheOthersNamesEachOfThemAndNoOther() {
        for (Consumer<List<String>> lie : lies(PackLayout.OPEN_ME)) {
            PackFiles pack = PACK.copy();
            List<String> lines = pack.lines(PackLayout.TAG_MANIFEST);
            lie.accept(lines);
            pack.lines(PackLayout.TAG_MANIFEST, lines);
            assertFails(pack, Rung.INTACT, PackLayout.TAG_MANIFEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\n\n"})
    void theSignedListHasOneFormThoughItsSignaturesHoldInAnother(String behind) {
        PackFiles pack = PACK.copy();
        String json = new String(pack.get(PackLayout.SIGNED_MANIFEST), StandardCharsets.UTF_8);
        pack.put(PackLayout.SIGNED_MANIFEST, json + behind);
        assertFails(pack, Rung.INTACT, PackLayout.SIGNED_MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "bagit.txt", "bag-info.txt", "proofs/range.json", "manifest-sha256.txt"})
    void whatEveryPackHasIsMissedThoughNoListNamesIt(String path) {
        PackFiles pack = PACK.copy();
        byte[] predicate = pack.predicate();
        pack.files.remove(path);
        pack.sign(predicate, PackFixture.PACK, PackFixture.PACK_PQ);
        assertFails(pack, Rung.COMPLETE, path);
    }
}
