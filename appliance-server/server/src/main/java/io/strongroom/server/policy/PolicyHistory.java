package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.write.PolicyActivation;
import io.strongroom.evidence.pack.write.PolicyFiles;
import java.util.List;

/** Which bundles decided over which part of the ledger, with what proves it (formats §8). */
@FunctionalInterface
public interface PolicyHistory {

    /**
     * An activation as packs carry it, but for its proof.
     *
     * @param seq the place of its entry
     * @param record the stored record
     */
    record Recorded(Digest bundle, long seq, byte[] record, List<PolicyActivation.Given> approvals) {
        public Recorded {
            approvals = List.copyOf(approvals);
        }
    }

    /** The bundles that may have decided over a part of the ledger, each once, and their activations. */
    record Decided(List<PolicyFiles> bundles, List<Recorded> activations) {
        public Decided {
            bundles = List.copyOf(bundles);
            activations = List.copyOf(activations);
        }
    }

    /**
     * What decided over the entries from {@code from} to before {@code to}. Later activations change nothing of the
     * answer.
     */
    Decided over(long from, long to);
}
