package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A pack that was made once and checked in, with its trust file: whatever changes here, it verifies for ever. */
class GoldenPackTest {
    private static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenPackTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            return in.readAllBytes();
        }
    }

    @Test
    void theFirstPackVerifiesForEver() throws IOException {
        TrustFile trust = TrustFile.parse(golden("trust-v1.txt"));
        Ladder ladder = PackFiles.verifyZip(golden("pack-v1.zip"), trust);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().records()).isEqualTo(3);
        assertThat(ladder.facts().fields().present()).isEqualTo(2);
        assertThat(ladder.facts().notSelected().ranges()).containsExactly(new PackFacts.Range(8, 8));
    }

    /** It carries another signed checkpoint of its log, of a tree that went another way at place 10. */
    @Test
    void thePackOfALogThatContradictsItselfProvesThatForEver() throws IOException {
        TrustFile trust = TrustFile.parse(golden("trust-v1.txt"));
        Ladder ladder = PackFiles.verifyZip(golden("pack-v1-fork.zip"), trust);
        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(ladder.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.fork()).isTrue();
            assertThat(failure.file()).isEqualTo(PackLayout.checkpoint(30));
        });
    }

    @Test
    void theSameFrozenInputsGiveTheSameFilesButForTheSignedManifestAndTheTagManifest() {
        PackFixture log = PackFixture.log(6);
        var description = log.describe(1, 5);
        PackFiles one = PackFiles.of(PackFixture.pack(description, log.source(1, 5, seq -> true, seq -> true), null));
        PackFiles two = PackFiles.of(PackFixture.pack(description, log.source(1, 5, seq -> true, seq -> true), null));
        assertThat(one.files.keySet()).isEqualTo(two.files.keySet());
        one.files.forEach((path, bytes) -> {
            if (!path.equals(PackLayout.SIGNED_MANIFEST) && !path.equals(PackLayout.TAG_MANIFEST)) {
                assertThat(two.get(path)).as(path).isEqualTo(bytes);
            }
        });
    }

    @Test
    void theReportEscapesEverything() {
        byte[] page = PackFiles.of(PackFixture.log(3).pack(0, 3)).get(PackLayout.OPEN_ME);
        assertThat(new String(page, StandardCharsets.UTF_8))
                .contains("d-1 &lt;b&gt;")
                .doesNotContain("<b> </td>")
                .doesNotContain("<script", "http://", "https://");
    }
}
