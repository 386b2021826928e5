package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.ApprovalVerdict;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.ApprovalVerdict.DoesNotCount;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PairVerdict;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The approvals that a pack brings along (formats §8): {@code approvals/<bundle>/<seq of the activation>/} holds the
 * activation with its proof, and {@code <n>.dsse.json} beside {@code <n>.pem}, the key of the officer whom it names.
 * Each one that is there must count; whether they suffice is a finding.
 */
final class PolicyApprovals {
    private static final Pattern PATH = Pattern.compile(
            Pattern.quote(PackLayout.APPROVALS)
                    + "[0-9a-f]{64}/(?:0|[1-9][0-9]{0,15})/(activation\\.(?:json|tlog-proof)|([1-9][0-9]?)\\.(?:dsse\\.json|pem))");

    private final Bag bag;
    private final Approvers approvers;

    private PolicyApprovals(Bag bag, Approvers approvers) {
        this.bag = bag;
        this.approvers = approvers;
    }

    /**
     * What of them matters: all, or those of the officers whom the trust file names.
     *
     * @param counting that count at the time of the activation
     */
    record Shown(Activation activation, List<Counts> counting) {
        /** Two that suffice. */
        Optional<Approved> pair() {
            return counting.stream()
                    .flatMap(first -> counting.stream().map(second -> PairVerdict.of(first, second)))
                    .filter(Approved.class::isInstance)
                    .map(Approved.class::cast)
                    .findFirst();
        }
    }

    /**
     * Reads and judges all of them.
     *
     * @throws RefusedException if one does not count
     */
    static List<Shown> read(Bag bag, Signers signers, String origin) throws IOException {
        TrustFile trust = signers.trust();
        PolicyApprovals approvals = new PolicyApprovals(bag, trust == null ? Approvers.NONE : trust.approvers());
        List<Shown> shown = new ArrayList<>();
        for (var folder : approvals.folders().entrySet()) {
            Activation activation = Activation.read(bag, folder.getKey(), signers, origin);
            List<Counts> counting = new ArrayList<>();
            for (String number : folder.getValue()) {
                approvals.judge(folder.getKey() + number, activation).ifPresent(counting::add);
            }
            shown.add(new Shown(activation, counting));
        }
        return shown;
    }

    /** The numbers of the approvals in each folder. */
    private SortedMap<String, List<String>> folders() throws RefusedException {
        SortedMap<String, List<String>> folders = new TreeMap<>();
        for (String path : bag.files().tailMap(PackLayout.APPROVALS).keySet()) {
            if (!path.startsWith(PackLayout.APPROVALS)) {
                break;
            }
            Matcher matcher = PATH.matcher(path);
            if (!matcher.matches()) {
                throw new RefusedException(path, "an activation, an approval or its officer's key", "another file");
            }
            List<String> numbers =
                    folders.computeIfAbsent(path.substring(0, matcher.start(1)), folder -> new ArrayList<>());
            String number = matcher.group(2);
            if (number != null && !numbers.contains(number)) {
                numbers.add(number);
            }
        }
        return folders;
    }

    /** The approval, if its officer matters. */
    private Optional<Counts> judge(String name, Activation activation) throws IOException {
        String path = name + ".dsse.json";
        SignedApproval signed;
        try {
            signed = SignedApproval.parse(SmallFiles.read(bag, path, SignedApproval.MAX_BYTES));
        } catch (JsonException e) {
            throw new RefusedException(path, "an approval", e.getMessage() + "");
        }
        Approval approval = signed.approval();
        Counts own =
                require(path, signed.judge(officer(name + ".pem", approval), activation.change(), activation.at()));
        if (approvers.officers().isEmpty()) {
            return Optional.of(own);
        }
        if (!approvers.names(approval.officer())) {
            return Optional.empty();
        }
        List<Officer> known = approvers.at(approval.officer(), approval.at());
        if (!known.contains(own.officer())) {
            throw new RefusedException(
                    path,
                    "a signature with a key that the trust file gives " + approval.officer() + " for "
                            + Rfc3339.format(approval.at()),
                    "one with the key " + own.officer().key().id());
        }
        return Optional.of(own);
    }

    private Officer officer(String path, Approval approval) throws IOException {
        try {
            VerifyingKey key = Signers.key(bag, path);
            return new Officer(approval.officer(), key);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(path, "an officer's public key", e.getMessage() + "");
        }
    }

    private static Counts require(String path, ApprovalVerdict verdict) throws RefusedException {
        return switch (verdict) {
            case Counts counts -> counts;
            case DoesNotCount not -> throw new RefusedException(path, not.expected(), not.found());
        };
    }
}
