package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.AgentSettings;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.Quota;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.ClosedPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.policies.evaluate.MendingPolicy;
import io.strongroom.server.policy.DecisionCounts.Point;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force: the built-in bundle until one is activated, then that one, compiled once. It changes between one
 * decision and the next; each decision names the bundle that made it.
 *
 * <p>Where a bundle was activated and cannot be used, nothing takes its place: writes are refused, and the closed bundle
 * decides over the rest, the appliance's own records included. Where it is the one that was activated and only this
 * release cannot read it, it is the mending one, under which officers may bring another into force.
 */
public final class PolicyInForce implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);
    private static final String OWN_STREAMS = "system.";

    // Moved by whoever holds the lock of Activations, or by the start.
    private volatile State state = new State(new BuiltInPolicy());

    /** Of what decides, and of what did until a moment ago; a decision is counted where it was made. */
    private final Queue<DecisionCounts> counted =
            new ConcurrentLinkedQueue<>(List.of(state.decisions().counts()));

    /**
     * @param fault why the bundle that was activated cannot be used, in a few words; empty while it can
     * @param activated that bundle; null where it is missing, or nobody can say whether it is it
     */
    private record State(
            CompiledPolicy policy, String fault, @Nullable BundleFiles activated, Decisions decisions) {
        State(CompiledPolicy policy) {
            this(policy, "", policy.source().files());
        }

        State(CompiledPolicy policy, String fault, @Nullable BundleFiles activated) {
            this(policy, fault, activated, new Decisions(new DecisionCounts(policy.bundle())));
        }
    }

    /** Lets a bundle decide from the next decision on. */
    void activate(CompiledPolicy policy) {
        replace(new State(policy));
    }

    /** Lets the bundle of an activation decide, or nothing in its place where it cannot be used. */
    void activate(Activation activation) {
        try {
            activate(StoredBundles.compile(activation));
        } catch (InvalidBundleException e) {
            LOG.error(
                    "This release cannot read the bundle in force, of the commit {}: records are refused until two officers"
                            + " have brought a mended one into force, or an earlier release runs again.\n{}",
                    activation.commit(),
                    e.getMessage());
            replace(new State(
                    new MendingPolicy(),
                    "not readable by this release (" + e.faults().getFirst() + ")",
                    StoredBundles.files(activation)));
        } catch (IllegalStateException e) {
            LOG.error("The bundle in force cannot be used: {}", e.getMessage());
            close("unverifiable");
        }
    }

    /** Lets nothing be decided that opens anything. */
    void close(String fault) {
        replace(new State(new ClosedPolicy(), fault, null));
    }

    private void replace(State next) {
        // In this order: what is counted and decides no more is forgotten.
        state = next;
        counted.add(next.decisions().counts());
    }

    /** What was decided, by bundle. Those that decide no more are forgotten once nothing of them is left. */
    List<DecisionCounts> counted() {
        List<DecisionCounts> all = List.copyOf(counted);
        counted.removeIf(counts -> counts != state.decisions().counts() && counts.isOver());
        return all;
    }

    /** The bundle that decides, compiled. */
    CompiledPolicy now() {
        return state.policy();
    }

    /** Why the bundle that was activated cannot be used; empty while it can. */
    public String fault() {
        return state.fault();
    }

    /** The bundle that a proposal replaces: the one that was activated, though this release may not be able to read it. */
    BundleFiles replaced() {
        State now = state;
        return now.activated() == null ? now.policy().source().files() : now.activated();
    }

    /**
     * @throws ProblemException {@code policy-unavailable} if the bundle that was activated is missing, or nobody can say
     *     whether it is it: nothing follows that
     */
    void requireReplaceable() {
        if (state.activated() == null) {
            throw unavailable();
        }
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
                ProblemType.POLICY_UNAVAILABLE,
                "The bundle that was activated is missing, cannot be verified, or cannot be read by this release.");
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
        // What the appliance writes itself is classified and no more: its decisions are not counted, so none brings
        // another.
        boolean own = stream.startsWith(OWN_STREAMS);
        if (!decides.fault().isEmpty() && !own) {
            decides.decisions().unavailable(stream);
            throw unavailable();
        }
        PolicyDecision decision = decides.policy().decide(stream, record);
        if (!own) {
            decides.decisions().write(stream, decision);
        }
        return decision;
    }

    @Override
    public AccessDecision access(AccessRequest request, Optional<String> stream) {
        State decides = state;
        AccessDecision decision = decides.policy().access(request, stream);
        decides.decisions().operation(request, decision, stream.orElse(""));
        return decision;
    }

    @Override
    public AccessDecision export(ExportRequest request, String stream) {
        State decides = state;
        AccessDecision decision = decides.policy().export(request, stream);
        decides.decisions().export(request, decision, stream);
        return decision;
    }

    @Override
    public ViewDecision read(AccessRequest request, String stream, byte[] record) {
        State decides = state;
        ViewDecision decision = decides.policy().read(request, stream, record);
        decides.decisions().read(request.caller(), decision, stream, record);
        return decision;
    }

    @Override
    public ViewDecision export(ExportRequest request, String stream, byte[] record) {
        State decides = state;
        ViewDecision decision = decides.policy().export(request, stream, record);
        decides.decisions().exportedRecord(request.caller(), decision, stream, record);
        return decision;
    }

    @Override
    public boolean showsEverything(AccessRequest request, Optional<String> stream) {
        State decides = state;
        boolean everything = decides.policy().showsEverything(request, stream);
        if (everything && stream.isPresent()) {
            decides.decisions().whole(Point.READ, request.caller(), stream.get());
        }
        return everything;
    }

    @Override
    public boolean showsEverything(ExportRequest request, String stream) {
        State decides = state;
        boolean everything = decides.policy().showsEverything(request, stream);
        if (everything) {
            decides.decisions().whole(Point.EXPORTED_RECORD, request.caller(), stream);
        }
        return everything;
    }

    @Override
    public SearchDecision search(AccessRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        return now().search(request, stream, field, value);
    }

    @Override
    public SearchDecision search(ExportRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        return now().search(request, stream, field, value);
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
        State decides = state;
        ResidencyDecision decision = decides.policy().residency(stream, region);
        decides.decisions().residency(stream, decision);
        return decision;
    }

    @Override
    public Quota quota(Caller caller, String source) {
        return now().quota(caller, source);
    }

    @Override
    public AgentSettings agentSettings(String group) {
        return now().agentSettings(group);
    }
}
