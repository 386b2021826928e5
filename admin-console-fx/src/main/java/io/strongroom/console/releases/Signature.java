package io.strongroom.console.releases;

import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyProposal;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.approval.ApprovalVerdict;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.VerifyingKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval by which a bundle came into force, as it was verified here: that the officer signed exactly this change with
 * the key that the appliance knows as theirs, and that it counted when the bundle came into force.
 *
 * @param key how signatures name the key; empty where it cannot be read
 * @param why why it does not hold; null if it does
 */
record Signature(
        String officer,
        String role,
        String at,
        String key,
        @Nullable String why) {
    boolean holds() {
        return why == null;
    }

    /** Verifies all approvals that an activation names. */
    static List<Signature> of(PolicyActivation activation, List<PolicyProposal.Given> given, String origin) {
        return activation.approvals().stream()
                .map(digest -> given.stream()
                        .filter(each -> each.digest().equals(digest))
                        .findFirst()
                        .map(each -> verified(activation, each, origin))
                        .orElse(new Signature(digest, "", "", "", "the appliance does not give it out")))
                .toList();
    }

    private static Signature verified(PolicyActivation activation, PolicyProposal.Given given, String origin) {
        String key = "";
        String why;
        try {
            VerifyingKey known = VerifyingKey.ofSpki(Base64.getDecoder().decode(given.key()));
            key = known.id().toString();
            why = judged(activation, given, known, origin);
        } catch (IllegalArgumentException | JsonException e) {
            why = "it is no approval: " + e.getMessage();
        }
        return new Signature(given.officer(), given.role(), given.at(), key, why);
    }

    private static @Nullable String judged(
            PolicyActivation activation, PolicyProposal.Given given, VerifyingKey key, String origin) {
        byte[] envelope = Base64.getDecoder().decode(given.envelope());
        if (!Digest.of(envelope).toString().equals(given.digest())) {
            return "it is another than the one that counted";
        }
        SignedApproval signed = SignedApproval.parse(envelope);
        if (!signed.approval().role().equals(given.role())) {
            return "it was given in another role: " + signed.approval().role();
        }
        PolicyChange change = new PolicyChange(
                new Origin(origin),
                activation.proposal(),
                Digest.parse(activation.bundle()),
                new GitCommit(activation.commit()),
                Digest.parse(activation.baseBundle()),
                new PersonId(activation.requester()));
        ApprovalVerdict verdict = signed.judge(
                new Officer(new PersonId(given.officer()), key),
                change,
                Instant.parse(activation.at()).toEpochMilli());
        return verdict instanceof ApprovalVerdict.DoesNotCount not
                ? "expected " + not.expected() + ", found " + not.found()
                : null;
    }
}
