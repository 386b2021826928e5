package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;

/**
 * That a bundle came into force, as the ledger recorded it: an entry of the stream {@code system.policy} whose record
 * has the action {@code policy.activated} and names the change in its attributes.
 *
 * @param seq the entry's place
 * @param at the entry's time, in milliseconds since 1970
 */
record Activation(PolicyChange change, long seq, long at) {
    static final String PROOF = "activation" + PackLayout.PROOF;

    private static final String STREAM = "system.policy";
    private static final String ACTION = "policy.activated";

    /**
     * Reads the one in a folder of approvals.
     *
     * @throws RefusedException if it is not in the ledger, or not what the folder says
     */
    static Activation read(Bag bag, String folder, Signers signers, String origin) throws IOException {
        SystemRecord record = SystemRecord.read(bag, folder + PROOF, STREAM, "activation of a policy", signers, origin);
        Activation activation;
        try {
            activation = of(record, origin);
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(record.file(), "the activation of a policy", e.getMessage() + "");
        }
        String belongs = PackLayout.approvals(activation.change().bundle(), activation.seq());
        if (!belongs.equals(folder)) {
            throw new RefusedException(folder + PROOF, "an activation in the folder " + belongs, "it in " + folder);
        }
        Digest inForce = record.entry().policy();
        if (!inForce.equals(activation.change().baseBundle())) {
            throw new RefusedException(
                    record.file(), "as base the bundle " + inForce + ", which was in force", "another");
        }
        return activation;
    }

    private static Activation of(SystemRecord record, String origin) {
        if (!CanonicalObject.of(record.bytes()).require("action").isString(ACTION)) {
            throw new IllegalArgumentException("another action");
        }
        CanonicalObject attributes = record.attributes();
        PolicyChange change = new PolicyChange(
                new Origin(origin),
                attributes.require("proposal").string(),
                Digest.parse(attributes.require("bundle").string()),
                new GitCommit(attributes.require("commit").string()),
                Digest.parse(attributes.require("baseBundle").string()),
                new PersonId(attributes.require("requester").string()));
        return new Activation(change, record.entry().seq(), record.entry().at());
    }
}
