package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether two officers approved each policy that decided over something in the pack. */
final class ApprovedFinding {
    private static final int MOST_SHOWN = 5;
    private static final int SHOWN_HEX = 16;

    private final Approvers approvers;
    private final List<PolicyApprovals.Shown> shown;

    private ApprovedFinding(Approvers approvers, List<PolicyApprovals.Shown> shown) {
        this.approvers = approvers;
        this.shown = shown;
    }

    /**
     * @param shown the approvals in the pack
     * @param bundles those that entries name, each with the first place
     */
    static Finding of(List<PolicyApprovals.Shown> shown, Map<Digest, Long> bundles, @Nullable TrustFile trust) {
        Approvers approvers = trust == null ? Approvers.NONE : trust.approvers();
        ApprovedFinding finding = new ApprovedFinding(approvers, shown);
        List<Standing> standings = bundles.entrySet().stream()
                .filter(bundle -> !approvers.exempt().contains(bundle.getKey()))
                .map(bundle -> finding.standing(bundle.getKey(), bundle.getValue()))
                .toList();
        boolean all = standings.stream().allMatch(Standing::approved) && (!standings.isEmpty() || approvers.demanded());
        String text = finding.text(standings) + (shown.isEmpty() ? "" : whoseKeys(trust));
        return new Finding(Finding.Kind.APPROVED, all && trust != null, approvers.demanded(), text);
    }

    /** What is to be said of one bundle. */
    private record Standing(boolean approved, String text) {}

    private Standing standing(Digest bundle, long firstPlace) {
        String name = "Policy " + bundle.hex().substring(0, SHOWN_HEX) + "…";
        List<String> said = new ArrayList<>();
        long since = Long.MAX_VALUE;
        for (PolicyApprovals.Shown one : shown) {
            Activation activation = one.activation();
            if (activation.change().bundle().equals(bundle)) {
                Optional<Approved> pair = one.pair();
                if (pair.isEmpty()) {
                    return new Standing(false, name + whoIsMissing() + activation.seq() + ".");
                }
                said.add(words(pair.get()) + ", in force since " + Rfc3339.format(activation.at()));
                since = Math.min(since, activation.seq());
            }
        }
        if (said.isEmpty()) {
            return new Standing(false, name + ": no approvals are here.");
        }
        if (firstPlace <= since) {
            return new Standing(
                    false, name + ": decided at place " + firstPlace + ", but came into force at place " + since + ".");
        }
        return new Standing(true, name + ": approved by " + String.join("; again by ", said) + ".");
    }

    private String whoIsMissing() {
        return ": no two officers in two roles "
                + (approvers.officers().isEmpty() ? "" : "whom your trust file names ")
                + "approved what came into force at place ";
    }

    private static String words(Approved pair) {
        return words(pair.first()) + " and " + words(pair.second());
    }

    private static String words(Counts counts) {
        return counts.approval().officer() + " (" + counts.approval().role() + ")";
    }

    private String text(List<Standing> standings) {
        if (standings.isEmpty()) {
            return "No policy that needs approval decided over anything here.";
        }
        String more = standings.size() > MOST_SHOWN ? " And " + (standings.size() - MOST_SHOWN) + " more." : "";
        return standings.stream().limit(MOST_SHOWN).map(Standing::text).collect(Collectors.joining(" ")) + more;
    }

    private static String whoseKeys(@Nullable TrustFile trust) {
        if (trust == null) {
            return " Without a trust file nobody vouches for the officers' keys.";
        }
        return trust.approvers().officers().isEmpty()
                ? " The officers' keys are those that the pack's signer names."
                : " The officers' keys are those of your trust file.";
    }
}
