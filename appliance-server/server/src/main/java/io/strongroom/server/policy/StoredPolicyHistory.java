package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.pack.write.PolicyActivation;
import io.strongroom.evidence.pack.write.PolicyFiles;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells it from the activations that the database keeps, and their records in the ledger. */
final class StoredPolicyHistory implements PolicyHistory {
    /**
     * A record that was made under a bundle can come to its place a little after the activation of the next, but not
     * after that of the one behind it.
     */
    private static final int LATE = 2;

    private final ActivationTable activations;
    private final ApprovalTable approvals;
    private final LedgerReader ledger;
    private final Policy policy;

    StoredPolicyHistory(ActivationTable activations, ApprovalTable approvals, LedgerReader ledger, Policy policy) {
        this.activations = activations;
        this.approvals = approvals;
        this.ledger = ledger;
        this.policy = policy;
    }

    @Override
    public Decided over(long from, long to) {
        List<Activation> all = activations.before(to);
        Map<Digest, PolicyFiles> bundles = new LinkedHashMap<>();
        List<Recorded> recorded = new ArrayList<>();
        if (all.size() < LATE || seq(all.get(LATE - 1)) >= from) {
            first(all).forEach(bundle -> bundles.put(bundle.digest(), bundle));
        }
        for (int i = 0; i < all.size(); i++) {
            Activation activation = all.get(i);
            if (i + LATE >= all.size() || seq(all.get(i + LATE)) >= from) {
                Recorded told = recorded(activation);
                bundles.computeIfAbsent(activation.bundle(), digest -> files(activation, told));
                recorded.add(told);
            }
        }
        return new Decided(List.copyOf(bundles.values()), recorded);
    }

    /** What decided before anything was activated; a later program may have another built-in bundle. */
    private List<PolicyFiles> first(List<Activation> all) {
        if (all.isEmpty()) {
            return policy.bundle().commit().isEmpty() ? List.of(files(policy)) : List.of(files(new BuiltInPolicy()));
        }
        CompiledPolicy builtIn = new BuiltInPolicy();
        return all.getFirst().baseBundle().equals(builtIn.bundle().digest()) ? List.of(files(builtIn)) : List.of();
    }

    private static PolicyFiles files(Policy policy) {
        PolicyBundle bundle = policy.bundle();
        return new PolicyFiles(bundle.digest(), bundle.commit(), bundle.version(), policy.files());
    }

    /** As they were approved: this program need not be able to read what an earlier one decided by. */
    private static PolicyFiles files(Activation activation, Recorded told) {
        CanonicalObject attributes =
                CanonicalObject.of(told.record()).require("attributes").object();
        return new PolicyFiles(
                activation.bundle(),
                activation.commit().hex(),
                attributes.require("version").string(),
                StoredBundles.files(activation).byPath());
    }

    private Recorded recorded(Activation activation) {
        byte[] record = ledger.find(seq(activation))
                .map(LedgerReader.Row::body)
                .orElseThrow(() -> new IllegalStateException("the record of an activation is gone from the ledger"));
        List<PolicyActivation.Given> given = approvals.of(activation).stream()
                .map(each -> new PolicyActivation.Given(each.signed(), each.officer()))
                .toList();
        return new Recorded(activation.bundle(), seq(activation), record, given);
    }

    private static long seq(Activation activation) {
        Long seq = activation.seq();
        if (seq == null) {
            throw new IllegalStateException("an activation without a place");
        }
        return seq;
    }
}
