package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hides the same fields of every record, for appliances that are to have something to hide. */
public final class HidingPolicy extends FixedPolicy {
    private final PolicyDecision decision;

    private HidingPolicy(PolicyDecision decision, BundleFiles files) {
        super(decision, files.byPath());
        this.decision = decision;
    }

    private static HidingPolicy of(List<Commitment> commitments, List<String> dropped, Optional<String> subject) {
        BundleFiles files =
                BundleFiles.of(Map.of("bundle.yaml", (commitments + " " + dropped + " " + subject).getBytes(UTF_8)));
        return new HidingPolicy(
                new PolicyDecision(
                        new PolicyBundle("hiding", "c0ffee", "7", files.digest()),
                        Classification.RESTRICTED,
                        "audit-7y",
                        commitments,
                        dropped,
                        subject),
                files);
    }

    /** Commits fields; drops and names nobody. */
    public static HidingPolicy committing(Commitment... commitments) {
        return of(Arrays.asList(commitments), List.of(), Optional.empty());
    }

    public HidingPolicy dropping(String... pointers) {
        return of(decision.commitments(), List.of(pointers), decision.subject());
    }

    /** The field at {@code pointer} names the data subject. */
    public HidingPolicy ofSubject(String pointer) {
        return of(decision.commitments(), decision.dropped(), Optional.of(pointer));
    }
}
