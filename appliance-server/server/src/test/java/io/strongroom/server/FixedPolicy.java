package io.strongroom.server;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.AgentSettings;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.Quota;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides the same about every record that is written, and otherwise as the built-in bundle does. */
public class FixedPolicy implements Policy {
    private static final Policy BUILT_IN = new BuiltInPolicy();

    private final PolicyDecision decision;
    private final SortedMap<String, byte[]> files;

    public FixedPolicy(PolicyDecision decision) {
        this(decision, new TreeMap<>());
    }

    FixedPolicy(PolicyDecision decision, SortedMap<String, byte[]> files) {
        this.decision = decision;
        this.files = files;
    }

    @Override
    public final PolicyBundle bundle() {
        return decision.bundle();
    }

    @Override
    public final SortedMap<String, byte[]> files() {
        return files;
    }

    @Override
    public final PolicyDecision decide(String stream, byte[] record) {
        return decision;
    }

    @Override
    public final AccessDecision access(AccessRequest request, Optional<String> stream) {
        return BUILT_IN.access(request, stream);
    }

    @Override
    public final AccessDecision export(ExportRequest request, String stream) {
        return BUILT_IN.export(request, stream);
    }

    @Override
    public ViewDecision read(AccessRequest request, String stream, byte[] record) {
        return BUILT_IN.read(request, stream, record);
    }

    @Override
    public ViewDecision export(ExportRequest request, String stream, byte[] record) {
        return BUILT_IN.export(request, stream, record);
    }

    @Override
    public SearchDecision search(AccessRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        return BUILT_IN.search(request, stream, field, value);
    }

    @Override
    public SearchDecision search(ExportRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        return BUILT_IN.search(request, stream, field, value);
    }

    @Override
    public final RetentionClass retention(String stream) {
        return BUILT_IN.retention(stream);
    }

    @Override
    public final Optional<RetentionClass> retentionClass(String name) {
        return BUILT_IN.retentionClass(name);
    }

    @Override
    public final ResidencyDecision residency(String stream, String region) {
        return BUILT_IN.residency(stream, region);
    }

    @Override
    public final Quota quota(Caller caller, String source) {
        return BUILT_IN.quota(caller, source);
    }

    @Override
    public final AgentSettings agentSettings(String group) {
        return BUILT_IN.agentSettings(group);
    }
}
