package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.Quota;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.ClosedPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.problem.ProblemException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The policy in force: the built-in bundle until one is activated, then that one, compiled once. It changes between one
 * decision and the next; each decision names the bundle that made it.
 *
 * <p>Where a bundle was activated and cannot be used, nothing takes its place: writes are refused, and the closed bundle
 * decides over the rest, the appliance's own records included.
 */
public final class PolicyInForce implements Policy {
    private static final String OWN_STREAMS = "system.";

    // Moved by whoever holds the lock of Activations, or by the start.
    private volatile State state = new State(new BuiltInPolicy(), "");

    /** @param fault why the bundle that was activated cannot be used, in a few words; empty while it can */
    private record State(CompiledPolicy policy, String fault) {}

    /** Lets a bundle decide from the next decision on. */
    void activate(CompiledPolicy policy) {
        state = new State(policy, "");
    }

    /** Lets nothing be decided that opens anything. */
    void close(String fault) {
        state = new State(new ClosedPolicy(), fault);
    }

    /** The bundle that decides, compiled. */
    CompiledPolicy now() {
        return state.policy();
    }

    /** Why the bundle that was activated cannot be used; empty while it can. */
    public String fault() {
        return state.fault();
    }

    /**
     * @throws ProblemException {@code policy-unavailable} if the bundle in force cannot be used
     */
    void requireUsable() {
        if (!fault().isEmpty()) {
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemType.POLICY_UNAVAILABLE, "The bundle that was activated is missing or cannot be verified.");
    }

    @Override
    public PolicyBundle bundle() {
        return now().bundle();
    }

    @Override
    public SortedMap<String, byte[]> files() {
        return now().files();
    }

    /**
     * @throws ProblemException {@code policy-unavailable} if the bundle in force cannot be used
     */
    @Override
    public PolicyDecision decide(String stream, byte[] record) {
        State decides = state;
        if (!decides.fault().isEmpty() && !stream.startsWith(OWN_STREAMS)) {
            throw unavailable();
        }
        return decides.policy().decide(stream, record);
    }

    @Override
    public AccessDecision access(AccessRequest request, Optional<String> stream) {
        return now().access(request, stream);
    }

    @Override
    public AccessDecision export(ExportRequest request, String stream) {
        return now().export(request, stream);
    }

    @Override
    public ViewDecision read(AccessRequest request, String stream, byte[] record) {
        return now().read(request, stream, record);
    }

    @Override
    public ViewDecision export(ExportRequest request, String stream, byte[] record) {
        return now().export(request, stream, record);
    }

    @Override
    public boolean showsEverything(AccessRequest request, Optional<String> stream) {
        return now().showsEverything(request, stream);
    }

    @Override
    public boolean showsEverything(ExportRequest request, String stream) {
        return now().showsEverything(request, stream);
    }

    @Override
    public RetentionClass retention(String stream) {
        return now().retention(stream);
    }

    @Override
    public Optional<RetentionClass> retentionClass(String name) {
        return now().retentionClass(name);
    }

    @Override
    public ResidencyDecision residency(String stream, String region) {
        return now().residency(stream, region);
    }

    @Override
    public Quota quota(Caller caller, String source) {
        return now().quota(caller, source);
    }
}
