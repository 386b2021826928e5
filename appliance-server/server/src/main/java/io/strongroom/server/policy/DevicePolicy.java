package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.PolicyOffer;
import io.strongroom.api.PolicyState;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.policies.AgentSettings;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.bundle.BundleFile;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows agents what policy wants collected, with all that they need to see for themselves that officers approved it. */
final class DevicePolicy {
    private static final int MOST_ACTIVATIONS = 8;
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final Policy policy;
    private final ActivationTable activations;
    private final ApprovalTable approvals;
    private final Approvers approvers;
    private final Origin origin;
    private final InstantSource clock;

    DevicePolicy(
            Policy policy,
            ActivationTable activations,
            ApprovalTable approvals,
            Approvers approvers,
            Origin origin,
            InstantSource clock) {
        this.policy = policy;
        this.activations = activations;
        this.approvals = approvals;
        this.approvers = approvers;
        this.origin = origin;
        this.clock = clock;
    }

    /**
     * What a device is shown.
     *
     * @param after the place of the last activation that it believes, -1 for none; null if it does not know yet whom to
     *     believe
     * @throws ProblemException {@code policy-unavailable} while what decides is not what was activated last: then it has
     *     nothing to say to devices, which go on by what they have
     */
    PolicyOffer to(String group, @Nullable Long after) {
        Optional<Activation> last = activations.last();
        AgentSettings said = policy.agentSettings(group);
        if (last.isPresent() && !last.get().bundle().equals(said.bundle().digest())) {
            throw new ProblemException(
                            ProblemType.POLICY_UNAVAILABLE,
                            "What decides at the moment is not the bundle that was activated last.")
                    .retryAfter(SETTLED);
        }
        List<Activation> shown = after == null ? last.stream().toList() : activations.after(after, MOST_ACTIVATIONS);
        PolicyBundle bundle = said.bundle();
        return new PolicyOffer(
                origin.value(),
                new PolicyState.Bundle(
                        bundle.name(),
                        bundle.version(),
                        bundle.digest().toString(),
                        bundle.commit().isEmpty() ? null : bundle.commit()),
                group,
                said.rule().isEmpty() ? null : said.rule(),
                said.settings(),
                after == null ? officers() : List.of(),
                shown.stream().map(this::activation).toList());
    }

    private List<PolicyOffer.Officer> officers() {
        return approvers.everybody(clock.millis()).stream()
                .map(approver -> new PolicyOffer.Officer(
                        approver.id().value(),
                        approver.roles().stream().sorted().toList(),
                        approver.keys().stream()
                                .map(key -> Base64.getEncoder().encodeToString(key.spki()))
                                .toList()))
                .toList();
    }

    private PolicyOffer.Activation activation(Activation activation) {
        Map<String, byte[]> files = BundleArchive.read(activation.archive());
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, content) -> digests.put(path, Digest.of(content).toString()));
        Long seq = activation.seq();
        return new PolicyOffer.Activation(
                seq == null ? -1 : seq,
                Rfc3339.format(activation.begunAt()),
                activation.bundle().toString(),
                activation.baseBundle().toString(),
                activation.commit().hex(),
                activation.proposal(),
                activation.requester(),
                digests,
                text(files, BundleFile.AGENTS),
                text(files, BundleFile.OFFICERS),
                approvals.of(activation).stream()
                        .map(given -> Base64.getEncoder()
                                .encodeToString(given.signed().toJson()))
                        .toList());
    }

    private static @Nullable String text(Map<String, byte[]> files, BundleFile file) {
        byte[] content = files.get(file.path());
        return content == null ? null : new String(content, UTF_8);
    }
}
