package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackVerifierTest {
    private static final PackFixture LOG = PackFixture.log(40);

    @TempDir
    Path folder;

    private Ladder verify(byte[] pack, @Nullable TrustFile trust) throws IOException {
        Path file = folder.resolve("pack.zip");
        Files.write(file, pack);
        return new PackVerifier(trust, Set.of()).verify(file);
    }

    @Test
    void aPackOfTheWholeLogHoldsOnEveryRung() throws IOException {
        Ladder ladder = verify(LOG.pack(0, 40), PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.verdicts()).allMatch(Verdict::held);
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().records()).isEqualTo(40);
        assertThat(ladder.facts().notSelected().count()).isZero();
        assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(14, 14, 0));
        assertThat(ladder.facts().policiesNotHere()).isEmpty();
    }

    @Test
    void aPackInTheMiddleSaysHowManyPlacesWereLeftOutAndWhere() throws IOException {
        byte[] pack = PackFixture.pack(
                LOG.describe(5, 30),
                LOG.source(5, 30, seq -> seq >= 7 && seq != 12 && seq < 28, seq -> seq != 9 && seq != 10),
                null);
        Ladder ladder = verify(pack, PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().notSelected())
                .isEqualTo(new PackFacts.Places(
                        5,
                        List.of(new PackFacts.Range(5, 6), new PackFacts.Range(12, 12), new PackFacts.Range(28, 29)),
                        false));
        assertThat(ladder.facts().bodiesLeftOut().ranges()).containsExactly(new PackFacts.Range(9, 10));
    }

    @Test
    void withoutATrustFileAPackIsOnlyConsistentWithItself() throws IOException {
        Ladder ladder = verify(LOG.pack(0, 40), null);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.signerTrusted()).isFalse();
        assertThat(ladder.exitCode()).isEqualTo(3);
    }

    @Test
    void anEmptySelectionAndAnEmptyRangeHold() throws IOException {
        byte[] none = PackFixture.pack(LOG.describe(3, 9), LOG.source(3, 9, seq -> false, seq -> true), null);
        assertThat(verify(none, PackFixture.trust()).exitCode()).isZero();
        byte[] empty = PackFixture.pack(LOG.describe(3, 3), LOG.source(3, 3, seq -> true, seq -> true), null);
        assertThat(verify(empty, PackFixture.trust()).exitCode()).isZero();
    }

    @Test
    void manyPartsHold() throws IOException {
        byte[] pack = PackFixture.pack(LOG.describe(0, 40), LOG.source(0, 40, seq -> true, seq -> true), 2_000L);
        Ladder ladder = verify(pack, PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.facts().records()).isEqualTo(40);
    }
}
