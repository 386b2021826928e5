package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.RecordId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a bundle came into force, or was about to.
 *
 * @param record the id of its record in {@code system.policy}
 * @param since the size of the ledger before the record was handed to it
 * @param seq the place of its entry; null while it is not known to be in the ledger, which decides
 * @param begunAt epoch milliseconds
 * @param approvals digests of the envelopes that counted
 * @param archive the bundle as it is given out
 */
record Activation(
        RecordId record,
        long since,
        @Nullable Long seq,
        Digest bundle,
        Digest baseBundle,
        GitCommit commit,
        String proposal,
        String requester,
        long begunAt,
        List<Digest> approvals,
        byte[] archive) {
    static final String ACTION = "policy.activated";

    Activation {
        approvals = List.copyOf(approvals);
    }
}
