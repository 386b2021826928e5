package io.strongroom.server.policy;

import io.strongroom.evidence.Digest;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.check.TestReport;
import io.strongroom.policies.diff.SemanticDiff;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** What a reviewer has to see of a proposal: how its tests went, and what it decides otherwise than what is in force. */
final class Reviews {
    private static final int KEPT = 20;

    private final PolicyRepository repository;
    private final BundleCheck check;
    private final PolicyInForce inForce;

    // Guarded by this; the oldest first.
    private final Map<Compared, Review> reviews = new LinkedHashMap<>();

    Reviews(PolicyRepository repository, BundleCheck check, PolicyInForce inForce) {
        this.repository = repository;
        this.check = check;
        this.inForce = inForce;
    }

    private record Compared(Digest bundle, Digest base) {}

    /** @param lines as {@code diff -u} writes them */
    record Review(TestReport tests, SemanticDiff diff, String lines) {}

    /**
     * The review of a proposal against what is in force now.
     *
     * @throws io.strongroom.policies.InvalidBundleException if its bundle is not valid any more, or takes too long
     */
    Review of(Proposal proposal) {
        BundleFiles replaced = inForce.replaced();
        Compared compared = new Compared(proposal.bundle(), replaced.digest());
        synchronized (this) {
            Review known = reviews.get(compared);
            if (known != null) {
                return known;
            }
        }
        var base = inForce.now();
        SortedMap<String, byte[]> files = repository.files(proposal.commit()).orElseThrow();
        BundleCheck.Checked checked = check.check(files);
        SemanticDiff diff = check.bounded(() -> SemanticDiff.of(base.source(), checked.bundle()));
        Review review = new Review(checked.tests(), diff, LineDiff.of(replaced.byPath(), files));
        synchronized (this) {
            reviews.put(compared, review);
            if (reviews.size() > KEPT) {
                reviews.remove(reviews.keySet().iterator().next());
            }
        }
        return review;
    }
}
