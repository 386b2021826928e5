package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.note.Cosignature;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.note.VerifierKey;
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
        String text = "Not examined: the ladder did not hold that far.";
        return List.of(
                new Finding(Finding.Kind.WITNESSED, false, witnesses, text),
                new Finding(Finding.Kind.TIMED, false, time, text),
                new Finding(Finding.Kind.APPROVED, false, approvals, text));
    }

    static Finding witnessed(VerifiedCheckpoint checkpoint, @Nullable TrustFile trust) {
        if (trust == null) {
            return new Finding(Finding.Kind.WITNESSED, false, false, "Without a trust file no witnesses are known.");
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
        List<String> said = new ArrayList<>();
        if (!outside.isEmpty()) {
            said.add("outside witnesses saw this checkpoint: " + String.join(", ", outside));
        }
        if (!fleet.isEmpty()) {
            said.add("fleet witnesses, enrolled by this operator, saw it: " + String.join(", ", fleet));
        }
        if (said.isEmpty()) {
            said.add("no known witness signed this checkpoint");
        }
        boolean met = quorum.metBy(cosigners);
        if (quorum.demanded() && !met) {
            said.add("the trust file demands " + quorum.name());
        }
        boolean held = quorum.demanded() ? met : !cosigners.isEmpty();
        String text = String.join("; ", said) + ".";
        return new Finding(
                Finding.Kind.WITNESSED,
                held,
                quorum.demanded(),
                Character.toUpperCase(text.charAt(0)) + text.substring(1));
    }
}
