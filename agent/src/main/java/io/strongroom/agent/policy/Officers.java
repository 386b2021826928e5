package io.strongroom.agent.policy;

import io.strongroom.api.PolicyOffer;
import io.strongroom.evidence.approval.ApprovalVerdict;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.ApprovalVerdict.DoesNotCount;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PairVerdict;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.VerifyingKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The officers whose approvals a device believes, in which roles, and under which keys. */
record Officers(List<Known> all) {
    Officers {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param keys the officer with each of their keys, at least one
     */
    record Known(PersonId id, List<String> roles, List<Officer> keys) {
        Known {
            roles = List.copyOf(roles);
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("the officer " + id + " has no key");
            }
        }

        private static Known of(PolicyOffer.Officer shown) {
            PersonId id = new PersonId(shown.officer());
            return new Known(
                    id,
                    shown.roles(),
                    shown.keys().stream()
                            .map(key -> new Officer(
                                    id, VerifyingKey.ofSpki(Base64.getDecoder().decode(key))))
                            .toList());
        }

        private PolicyOffer.Officer wire() {
            return new PolicyOffer.Officer(
                    id.value(),
                    roles,
                    keys.stream()
                            .map(each -> Base64.getEncoder()
                                    .encodeToString(each.key().spki()))
                            .toList());
        }
    }

    /**
     * As the appliance shows them.
     *
     * @throws IllegalArgumentException if one has a name or a key that cannot be
     */
    static Officers of(List<PolicyOffer.Officer> shown) {
        return new Officers(shown.stream().map(Known::of).toList());
    }

    /**
     * Those whom officers.yaml names, as officers signed it.
     *
     * @throws IllegalArgumentException if this agent cannot read the file
     */
    static Officers ofYaml(String text) {
        return of(Yaml.list(text, "officers").stream()
                .map(each -> new PolicyOffer.Officer(
                        Yaml.text(each.get("officer")), Yaml.texts(each.get("roles")), Yaml.texts(each.get("keys"))))
                .toList());
    }

    List<PolicyOffer.Officer> wire() {
        return all.stream().map(Known::wire).toList();
    }

    /** Whether there are two who can approve something together. */
    boolean canApprove() {
        return all.stream().anyMatch(one -> all.stream()
                .anyMatch(other -> !one.id().equals(other.id())
                        && one.roles().stream()
                                .anyMatch(role -> other.roles().stream().anyMatch(each -> !each.equals(role)))));
    }

    /**
     * Requires that two of them approved a change.
     *
     * @param time when that has to count, epoch milliseconds
     * @throws NotBelievedException if they did not, with the reason of each approval that does not count
     */
    void requireApproved(PolicyChange change, long time, List<SignedApproval> approvals) throws NotBelievedException {
        List<Counts> counting = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (SignedApproval approval : approvals) {
            judge(approval, change, time, counting, reasons);
        }
        for (Counts first : counting) {
            for (Counts second : counting) {
                if (first != second) {
                    switch (PairVerdict.of(first, second)) {
                        case PairVerdict.Approved approved -> {
                            return;
                        }
                        case PairVerdict.SameRole same -> reasons.add("Two are in the role " + same.role() + ".");
                        case PairVerdict.SameOfficer same -> reasons.add("Two are of " + same.officer() + ".");
                        case PairVerdict.ByRequester by -> reasons.add(by.requester() + " asked for it.");
                        case PairVerdict.DifferentChanges other -> reasons.add("They are of different changes.");
                    }
                }
            }
        }
        throw NotBelievedException.notApproved("The bundle " + change.bundle()
                + " is not approved by two officers in different roles whom this device believes. "
                + String.join(" ", reasons.stream().distinct().toList()));
    }

    private void judge(
            SignedApproval signed, PolicyChange change, long time, List<Counts> counting, List<String> reasons) {
        PersonId named = signed.approval().officer();
        String role = signed.approval().role();
        Optional<Known> known = all.stream()
                .filter(each -> each.id().equals(named) && each.roles().contains(role))
                .findFirst();
        if (known.isEmpty()) {
            reasons.add(named + " is not believed here as " + role + ".");
            return;
        }
        DoesNotCount why = null;
        for (Officer officer : known.get().keys()) {
            switch (signed.judge(officer, change, time)) {
                case Counts counts -> {
                    counting.add(counts);
                    return;
                }
                // Of several keys one may have signed what does not count for another reason.
                case ApprovalVerdict.WrongKey wrong -> why = why == null ? wrong : why;
                case DoesNotCount not -> why = not;
            }
        }
        if (why != null) {
            reasons.add("Of " + named + ", expected " + why.expected() + ", found " + why.found() + ".");
        }
    }
}
