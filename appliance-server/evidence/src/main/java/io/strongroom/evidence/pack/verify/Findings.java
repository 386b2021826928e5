package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.note.Cosignature;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.verify.Remark.Saying;
import io.strongroom.evidence.trust.Quorum;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is found beside the ladder: see also {@link TimedFinding} and {@link ApprovedFinding}. */
final class Findings {
    private Findings() {}

    static List<Finding> notExamined(@Nullable TrustFile trust) {
        boolean witnesses = trust != null && trust.quorum().demanded();
        boolean time = trust != null && trust.timeDemanded();
        boolean approvals = trust != null && trust.approvers().demanded();
        List<Remark> said = List.of(Remark.of(Saying.NOT_EXAMINED));
        return List.of(
                new Finding(Finding.Kind.WITNESSED, false, witnesses, said),
                new Finding(Finding.Kind.TIMED, false, time, said),
                new Finding(Finding.Kind.APPROVED, false, approvals, said));
    }

    static Finding witnessed(VerifiedCheckpoint checkpoint, @Nullable TrustFile trust) {
        if (trust == null) {
            return new Finding(Finding.Kind.WITNESSED, false, false, List.of(Remark.of(Saying.NO_WITNESS_KNOWN)));
        }
        Quorum quorum = trust.quorum();
        Set<VerifierKey> cosigners =
                checkpoint.cosignatures().stream().map(Cosignature::key).collect(Collectors.toSet());
        List<String> fleet = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        for (Quorum.Witness witness : quorum.witnesses()) {
            if (cosigners.contains(witness.key())) {
                (witness.fleet() ? fleet : outside).add(witness.name());
            }
        }
        List<Remark> said = new ArrayList<>();
        if (!outside.isEmpty()) {
            said.add(Remark.of(Saying.OUTSIDE_WITNESSES, String.join(", ", outside)));
        }
        if (!fleet.isEmpty()) {
            said.add(Remark.of(Saying.FLEET_WITNESSES, String.join(", ", fleet)));
        }
        if (said.isEmpty()) {
            said.add(Remark.of(Saying.NO_WITNESS));
        }
        boolean met = quorum.metBy(cosigners);
        if (quorum.demanded() && !met) {
            said.add(Remark.of(Saying.WITNESSES_DEMANDED, quorum.name()));
        }
        boolean held = quorum.demanded() ? met : !cosigners.isEmpty();
        return new Finding(Finding.Kind.WITNESSED, held, quorum.demanded(), said);
    }
}
