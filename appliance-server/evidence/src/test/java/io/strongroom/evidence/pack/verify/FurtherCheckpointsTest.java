package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackDescription;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.trust.TrustFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that shows different trees to different people is found out where a pack carries two of its signatures. */
class FurtherCheckpointsTest {
    private static final PackFixture LOG = PackFixture.log(40);

    /** The same log up to place 10, where it goes another way. */
    private static final PackFixture FORK = fork();

    private static final String MAIN = PackLayout.checkpoint(40);

    private static PackFixture fork() {
        PackFixture fork = PackFixture.log(10);
        fork.system("system.guard", "{}");
        fork.grow(39, 0);
        return fork;
    }

    private static SignedNote signed(PackFixture log, int size) {
        return log.checkpoint(size, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
    }

    private static Ladder verify(PackDescription pack) {
        int from = (int) pack.range().from();
        int to = (int) pack.range().to();
        return PackFiles.verifyZip(
                PackFixture.pack(pack, LOG.source(from, to, s -> true, s -> true), null), PackFixture.trust());
    }

    private static Failure assertFork(Ladder ladder, String file) {
        Verdict recorded = ladder.verdict(Rung.RECORDED);
        assertThat(recorded.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(recorded.reason()).contains("contradicts itself");
        assertThat(ladder.exitCode()).isEqualTo(1);
        Failure failure = ladder.failure().orElseThrow();
        assertThat(failure.file()).isEqualTo(file);
        assertThat(failure.expected()).contains(MAIN).contains(LOG.root(40).toString());
        assertThat(failure.found()).contains(file);
        assertThat(failure.fork()).isTrue();
        return failure;
    }

    @Test
    void checkpointsOfTheSameTreeWhileItGrewHold() {
        Ladder ladder = verify(LOG.beside(5, 30, signed(LOG, 4), signed(LOG, 17), signed(LOG, 32)));
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().unproven()).noneMatch(file -> file.startsWith(PackLayout.CHECKPOINTS));
    }

    @Test
    void aSmallerTreeThatIsNotTheBeginningOfThePacksIsAFork() {
        for (int size : new int[] {17, 30, 32}) {
            Failure failure = assertFork(verify(LOG.beside(5, 30, signed(FORK, size))), PackLayout.checkpoint(size));
            assertThat(failure.expected()).contains(LOG.root(size).toString());
            assertThat(failure.found()).contains(FORK.root(size).toString());
        }
        assertThat(verify(LOG.beside(5, 30, signed(FORK, 8))).failure()).isEmpty();
    }

    @Test
    void aCheckpointThatThePackTiesToNothingProvesNothing() {
        // Right of the range only whole subtrees are told, and nothing of what came later.
        Ladder ladder = verify(LOG.beside(5, 30, signed(FORK, 37), signed(FORK, 45)));
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.facts().unproven()).contains("checkpoints/37.note", "checkpoints/45.note");
    }

    /** Else anybody could accuse a log of a fork, or put a tree of their own beside the log's. */
    @Test
    void aCheckpointThatNoTrustedLogSignedIsRefusedAndIsNoFork() {
        NoteSigner nobody = NoteSigner.ed25519(PackFixture.ORIGIN, PackFixture.key(SigningAlgorithm.ED25519, 99));
        for (PackFixture log : List.of(LOG, FORK)) {
            for (int size : new int[] {17, 37}) {
                Ladder ladder = verify(LOG.beside(5, 30, log.checkpoint(size, nobody)));
                assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
                Failure failure = ladder.failure().orElseThrow();
                assertThat(failure.file()).isEqualTo(PackLayout.checkpoint(size));
                assertThat(failure.expected()).isEqualTo("a checkpoint signed by a trusted log");
                assertThat(failure.fork()).isFalse();
            }
        }
    }

    @Test
    void aCheckpointOfAnotherLogIsNoForkOfThisAndProvesNothingOfIt() {
        NoteSigner neighbour =
                NoteSigner.ed25519("appliance.example/other/00c0ffee", PackFixture.key(SigningAlgorithm.ED25519, 99));
        TrustFile both = TrustFile.parse(("log " + neighbour.verifierKey().vkey() + "\n"
                        + PackFixture.trust().render())
                .getBytes(StandardCharsets.UTF_8));
        SignedNote other = new Checkpoint(neighbour.name(), 17, FORK.root(17)).sign(neighbour);
        byte[] pack = PackFixture.pack(LOG.beside(5, 30, other), LOG.source(5, 30, s -> true, s -> true), null);
        Ladder ladder = PackFiles.verifyZip(pack, both);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.facts().unproven()).contains("checkpoints/17.note");
    }

    /** An erasure record of this log at place 10, proven in this tree. */
    private static Attachment[] erasure(PackFixture log, int size) {
        byte[] proof = TlogProof.of(log.entry(10), InclusionProof.of(log.hashes(), 10, size), signed(log, size))
                .bytes();
        return new Attachment[] {
            Attachment.of("data/erasures/10.json", log.record(10)), Attachment.of("data/erasures/10.tlog-proof", proof)
        };
    }

    private static PackFixture erasing() {
        PackFixture fork = PackFixture.log(10);
        fork.system("system.erasure", "{\"digests\":[]}");
        fork.grow(39, 0);
        return fork;
    }

    @Test
    void anotherTreeOfTheSameSizeInAProofIsAFork() {
        assertFork(verify(LOG.describe(5, 30, erasure(erasing(), 40))), "data/erasures/10.tlog-proof");
    }

    @Test
    void itIsFoundThoughTheRecordsAreThoseOfTheOtherTree() {
        PackFixture fork = erasing();
        byte[] pack = PackFixture.pack(
                LOG.describe(5, 30, erasure(fork, 40)), fork.source(5, 30, s -> true, s -> true), null);
        assertFork(PackFiles.verifyZip(pack, PackFixture.trust()), "data/erasures/10.tlog-proof");
    }

    @Test
    void aLargerTreeWithAnotherLeafInTheRangeIsAFork() {
        Failure failure =
                assertFork(verify(LOG.describe(5, 30, erasure(erasing(), 45))), "data/erasures/10.tlog-proof");
        assertThat(failure.place()).isEqualTo(10);
        assertThat(failure.expected()).contains(LOG.leaf(10).toString());
    }

    @Test
    void aProofInALaterTreeHoldsAndIsSaidToBeTiedToNothing() {
        PackFixture log = PackFixture.log(10);
        log.system("system.erasure", "{\"digests\":[]}");
        log.grow(29, 0);
        PackDescription pack = log.describe(5, 30);
        log.grow(9, 0);
        PackDescription later = new PackDescription(
                pack.packId(),
                pack.tenant(),
                pack.createdAt(),
                pack.reader(),
                pack.purpose(),
                pack.selection(),
                pack.withhold(),
                pack.format(),
                pack.checkpoint(),
                pack.furtherCheckpoints(),
                pack.range(),
                pack.logKeys(),
                pack.policies(),
                pack.dictionary(),
                pack.tool(),
                List.of(erasure(log, 49)));
        Ladder ladder = PackFiles.verifyZip(
                PackFixture.pack(later, log.source(5, 30, s -> true, s -> true), null), PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.facts().unproven()).contains("data/erasures/10.tlog-proof");
    }
}
