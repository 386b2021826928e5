package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Hides the same fields of every record, for appliances that are to have something to hide. */
public final class HidingPolicy implements Policy {
    private final BundleFiles files;
    private final PolicyDecision decision;

    private HidingPolicy(List<Commitment> commitments, List<String> dropped, Optional<String> subject) {
        this.files =
                BundleFiles.of(Map.of("bundle.yaml", (commitments + " " + dropped + " " + subject).getBytes(UTF_8)));
        this.decision = new PolicyDecision(
                new PolicyBundle("hiding", "c0ffee", "7", files.digest()),
                Classification.RESTRICTED,
                "audit-7y",
                commitments,
                dropped,
                subject);
    }

    /** Commits fields; drops and names nobody. */
    public static HidingPolicy committing(Commitment... commitments) {
        return new HidingPolicy(Arrays.asList(commitments), List.of(), Optional.empty());
    }

    public HidingPolicy dropping(String... pointers) {
        return new HidingPolicy(decision.commitments(), List.of(pointers), decision.subject());
    }

    /** The field at {@code pointer} names the data subject. */
    public HidingPolicy ofSubject(String pointer) {
        return new HidingPolicy(decision.commitments(), decision.dropped(), Optional.of(pointer));
    }

    @Override
    public PolicyBundle bundle() {
        return decision.bundle();
    }

    @Override
    public SortedMap<String, byte[]> files() {
        return files.byPath();
    }

    @Override
    public PolicyDecision decide(String stream, byte[] record) {
        return decision;
    }
}
