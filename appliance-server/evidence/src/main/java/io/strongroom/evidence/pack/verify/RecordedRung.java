package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last rung: that the ledger took in what is here, and that what is told beside fits it. */
final class RecordedRung {
    private static final int SMALL = 1 << 20;
    private static final String FORK = "The log contradicts itself: it signed two trees that cannot both be its own. "
            + "Keep this pack, for the two signatures together prove it.";

    private final Bag bag;
    private final Signers signers;
    private final PackManifest manifest;
    private final SignedManifest signed;
    private final PackReader reader;

    RecordedRung(Bag bag, Signers signers, PackManifest manifest, SignedManifest signed, PackReader reader) {
        this.bag = bag;
        this.signers = signers;
        this.manifest = manifest;
        this.signed = signed;
        this.reader = reader;
    }

    /** What becomes of the rung. */
    sealed interface Outcome {}

    /** It holds. */
    record Held(PackFacts facts, List<Finding> findings) implements Outcome {}

    /** It does not hold; the reason is a sentence for a person. */
    record Fell(Failure failure, String reason) implements Outcome {}

    /**
     * Climbs it.
     *
     * @param erasures the first of the pack's own erasure records that does not hold; null where all do
     */
    Outcome climb(@Nullable Failure erasures) throws IOException {
        RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
        RecordedWalk walk = reader.walk();
        LeafReader leaves = reader.leaves();
        if (walk == null || leaves == null) {
            return new Fell(
                    Failure.of(range.leaves(), "the leaf hashes of the range", "no such file"),
                    "The proof is not here.");
        }
        VerifiedCheckpoint verified;
        FurtherCheckpoints others;
        try {
            verified = Recorded.checkpoint(bag, range, signers);
            others = FurtherCheckpoints.read(bag, range, verified.checkpoint(), signers);
        } catch (RefusedException e) {
            return new Fell(e.failure(), "A checkpoint of the ledger is not signed as it must be.");
        }
        Checkpoint checkpoint = verified.checkpoint();
        Failure fork = others.sameSize();
        if (fork != null) {
            return new Fell(fork, FORK);
        }
        Failure mismatch = reader.mismatch() != null ? reader.mismatch() : erasures;
        if (mismatch != null) {
            return new Fell(mismatch, "Something in the pack is not what the ledger took in.");
        }
        if (!leaves.verifies(checkpoint.root())) {
            return new Fell(notTheLeaves(range, leaves, checkpoint.root()), "The range is not the one in the ledger.");
        }
        ShownTree shown = others.shown(bag, range);
        fork = others.contradiction(shown);
        if (fork != null) {
            return new Fell(fork, FORK);
        }
        Failure further = Recorded.rest(bag, range, manifest, signed, checkpoint, reader);
        if (further != null) {
            return new Fell(further, "Something in the pack does not fit the rest.");
        }
        List<PolicyApprovals.Shown> approvals;
        try {
            approvals = PolicyApprovals.read(bag, signers, checkpoint.origin());
        } catch (RefusedException e) {
            return new Fell(e.failure(), "An approval of a policy is here that does not count.");
        }
        TrustFile trust = signers.trust();
        return new Held(
                facts(range, checkpoint, walk, KnownFiles.unproven(bag, range, others.untied(shown))),
                List.of(
                        Findings.witnessed(verified, trust),
                        TimedFinding.of(bag, range.checkpoint(), trust),
                        ApprovedFinding.of(approvals, walk.policies(), trust)));
    }

    private static Failure notTheLeaves(RangeJson range, LeafReader leaves, Digest root) {
        long count = range.proof().to() - range.proof().from();
        return Failure.of(
                range.leaves(),
                count + " leaf hashes that lead to the checkpoint's root " + root,
                leaves.missing() > 0 ? leaves.missing() + " missing" : "another root");
    }

    private PackFacts facts(RangeJson range, Checkpoint checkpoint, RecordedWalk walk, List<String> unproven) {
        long from = range.proof().from();
        long to = range.proof().to();
        return new PackFacts(
                manifest.packId(),
                manifest.tenant(),
                manifest.createdAt(),
                manifest.reader(),
                manifest.purpose(),
                checkpoint.origin(),
                checkpoint.size(),
                checkpoint.root(),
                from,
                to,
                walk.recordCount(),
                walk.entryCount(),
                to - from,
                walk.notSelected(),
                walk.bodiesLeftOut(),
                reader.fields(),
                reader.objects().facts(),
                reader.batches().facts(),
                walk.policies(),
                walk.policies().stream()
                        .map(PackFacts.Decided::bundle)
                        .filter(policy -> bag.files().keySet().stream()
                                .noneMatch(path -> path.startsWith(PackLayout.POLICY + policy.hex() + "/")))
                        .toList(),
                unproven);
    }
}
