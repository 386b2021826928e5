package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.evidence.pack.verify.Remark.Saying;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     * @param bundles those that entries name
     */
    static Finding of(List<PolicyApprovals.Shown> shown, List<PackFacts.Decided> bundles, @Nullable TrustFile trust) {
        Approvers approvers = trust == null ? Approvers.NONE : trust.approvers();
        ApprovedFinding finding = new ApprovedFinding(approvers, shown);
        List<Standing> standings = bundles.stream()
                .filter(bundle -> !approvers.exempt().contains(bundle.bundle()))
                .map(finding::standing)
                .toList();
        boolean all = standings.stream().allMatch(Standing::approved) && (!standings.isEmpty() || approvers.demanded());
        List<Remark> said = new ArrayList<>(remarks(standings));
        if (!shown.isEmpty()) {
            said.add(whoseKeys(trust));
        }
        return new Finding(Finding.Kind.APPROVED, all && trust != null, approvers.demanded(), said);
    }

    /** What is to be said of one bundle. */
    private record Standing(boolean approved, List<Remark> said) {
        static Standing not(Saying saying, Object... arguments) {
            return new Standing(false, List.of(Remark.of(saying, arguments)));
        }
    }

    private Standing standing(PackFacts.Decided decided) {
        Digest bundle = decided.bundle();
        String name = bundle.hex().substring(0, SHOWN_HEX) + "…";
        List<Remark> said = new ArrayList<>();
        long since = Long.MAX_VALUE;
        for (PolicyApprovals.Shown one : shown) {
            Activation activation = one.activation();
            if (activation.change().bundle().equals(bundle)) {
                Optional<Approved> pair = one.pair();
                if (pair.isEmpty()) {
                    boolean named = !approvers.officers().isEmpty();
                    return Standing.not(named ? Saying.NO_NAMED_PAIR : Saying.NO_PAIR, name, activation.seq());
                }
                said.add(approved(name, pair.get(), activation.at()));
                since = Math.min(since, activation.seq());
            }
        }
        if (said.isEmpty()) {
            return Standing.not(Saying.NO_APPROVALS, name);
        }
        if (decided.firstPlace() <= since) {
            return Standing.not(Saying.DECIDED_BEFORE, name, decided.firstPlace(), since);
        }
        return new Standing(true, said);
    }

    private static Remark approved(String name, Approved pair, long at) {
        Approval first = pair.first().approval();
        Approval second = pair.second().approval();
        return Remark.of(
                Saying.APPROVED,
                name,
                first.officer(),
                first.role(),
                second.officer(),
                second.role(),
                Rfc3339.format(at));
    }

    private static List<Remark> remarks(List<Standing> standings) {
        if (standings.isEmpty()) {
            return List.of(Remark.of(Saying.NO_POLICY));
        }
        List<Remark> said = new ArrayList<>();
        standings.stream().limit(MOST_SHOWN).map(Standing::said).forEach(said::addAll);
        if (standings.size() > MOST_SHOWN) {
            said.add(Remark.of(Saying.MORE_POLICIES, standings.size() - MOST_SHOWN));
        }
        return said;
    }

    private static Remark whoseKeys(@Nullable TrustFile trust) {
        if (trust == null) {
            return Remark.of(Saying.KEYS_OF_NOBODY);
        }
        return Remark.of(trust.approvers().officers().isEmpty() ? Saying.KEYS_OF_SIGNER : Saying.KEYS_OF_TRUST);
    }
}
