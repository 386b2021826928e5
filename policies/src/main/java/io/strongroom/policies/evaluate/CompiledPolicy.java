package io.strongroom.policies.evaluate;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.AgentSettings;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.Quota;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.ViewDecision;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.Bundle.Handling;
import io.strongroom.policies.bundle.Bundle.MaskingProfile;
import io.strongroom.policies.bundle.Bundle.QuotaRule;
import io.strongroom.policies.bundle.Bundle.ResidencyRule;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.bundle.SampleStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A bundle in force. Everything that takes long was done when it was made: no YAML, no expression is read any more. */
public class CompiledPolicy implements Policy {
    private static final int NONE = -1;

    private final Bundle source;
    private final PolicyBundle bundle;
    private final Plans plans;
    private final AccessRules access;
    private final boolean hidesNothing;
    private final Map<String, String> samples;

    /**
     * @param source the bundle
     * @param commit the git commit that it came from, 40 hex digits; empty where there is none
     */
    public CompiledPolicy(Bundle source, String commit) {
        this.source = source;
        this.bundle = new PolicyBundle(
                source.name(), commit, source.version(), source.files().digest());
        this.plans = new Plans(source);
        this.access = new AccessRules(bundle, source);
        this.hidesNothing = hidesNothing(source);
        this.samples = SampleStreams.of(source);
    }

    @Override
    public final PolicyBundle bundle() {
        return bundle;
    }

    @Override
    public final SortedMap<String, byte[]> files() {
        return source.files().byPath();
    }

    /** What the bundle says, as it was read. */
    public final Bundle source() {
        return source;
    }

    // --- Writing

    @Override
    public final PolicyDecision decide(String stream, byte[] record) {
        Plan plan = plans.of(stream);
        if (plan.decidesUnseen()) {
            return plan.unseen(bundle);
        }
        if (plan.actions().isEmpty()) {
            return new DecideWalk(plan, record, false).decide(bundle, Optional.empty(), List.of(), "");
        }
        ActionCheck check = ActionCheck.of(plan.actions(), record);
        return new DecideWalk(plan, record, check.isRestricted())
                .decide(bundle, check.refusal(), check.reasons(), check.rule());
    }

    // --- Reading and taking out

    @Override
    public final AccessDecision access(AccessRequest request, Optional<String> stream) {
        return access.decide(request, stream.orElse(""), null);
    }

    @Override
    public final AccessDecision export(ExportRequest request, String stream) {
        return access.export(request, stream).decision();
    }

    @Override
    public final ViewDecision read(AccessRequest request, String stream, byte[] record) {
        AccessRequest reading =
                new AccessRequest(request.caller(), Operations.READ_RECORDS, request.purpose(), request.time());
        AccessDecision decision = access.decide(reading, stream, record);
        if (!decision.isAllowed()) {
            return new ViewDecision(bundle, decision, "", List.of());
        }
        return view(plans.of(stream), decision, request.caller(), Use.READ, NONE, record);
    }

    @Override
    public final ViewDecision export(ExportRequest request, String stream, byte[] record) {
        AccessRules.Export export = access.export(request, stream);
        if (!export.decision().isAllowed()) {
            return new ViewDecision(bundle, export.decision(), "", List.of());
        }
        Plan plan = plans.of(stream);
        return view(
                plan,
                export.decision(),
                request.caller(),
                Use.EXPORT,
                plan.exports().indexOf(export.rule()),
                record);
    }

    @Override
    public final boolean showsEverything(AccessRequest request, Optional<String> stream) {
        return hidesNothing && access.decide(request, stream.orElse(""), null).isAllowed();
    }

    @Override
    public final boolean showsEverything(ExportRequest request, String stream) {
        if (!hidesNothing) {
            return false;
        }
        ExportRule rule = access.export(request, stream).rule();
        return rule != null
                && rule.fields().fields().isEmpty()
                && rule.fields().except().isEmpty();
    }

    /** Whether no field of any record can ever be hidden or masked. */
    private static boolean hidesNothing(Bundle source) {
        return source.masking().isEmpty()
                && source.actions().isEmpty()
                && source.handling().rules().isEmpty()
                && !source.classification().otherwise().isCommitted()
                && source.classification().rules().stream()
                        .noneMatch(rule -> rule.classification().isCommitted())
                && source.classification().detectors().stream()
                        .noneMatch(rule -> rule.classification().isCommitted());
    }

    private ViewDecision view(
            Plan plan, AccessDecision decision, Caller caller, Use use, int exportRule, byte[] record) {
        int profile = profile(plan.profiles(), caller.roles(), use);
        return new ViewDecision(
                bundle,
                decision,
                profile == NONE ? "" : plan.profiles().get(profile).id().name(),
                views(plan, profile, exportRule, record));
    }

    private static List<FieldView> views(Plan plan, int profile, int exportRule, byte[] record) {
        boolean restricted = ActionCheck.of(plan.actions(), record).isRestricted();
        return new ViewWalk(plan, record, profile, exportRule, restricted).views();
    }

    /** The first that fits decides. */
    static int profile(List<MaskingProfile> profiles, Set<String> roles, Use use) {
        for (int i = 0; i < profiles.size(); i++) {
            if (profiles.get(i).uses().contains(use) && profiles.get(i).roles().selectsAny(roles)) {
                return i;
            }
        }
        return NONE;
    }

    // --- Before there is a record

    @Override
    public final SearchDecision search(
            AccessRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        AccessRequest reading =
                new AccessRequest(request.caller(), Operations.READ_RECORDS, request.purpose(), request.time());
        FieldSearch search = new FieldSearch(bundle, field, value);
        return searched(stream, (streams, sample) -> {
            Plan plan = plans.of(sample);
            int profile = profile(plan.profiles(), request.caller().roles(), Use.READ);
            return search.in(streams, plan, access.decide(reading, sample, null), profile, NONE);
        });
    }

    @Override
    public final SearchDecision search(
            ExportRequest request, Optional<String> stream, JsonPointer field, JsonSlice value) {
        FieldSearch search = new FieldSearch(bundle, field, value);
        return searched(stream, (streams, sample) -> {
            AccessRules.Export export = access.export(request, sample);
            Plan plan = plans.of(sample);
            int profile = profile(plan.profiles(), request.caller().roles(), Use.EXPORT);
            return search.in(
                    streams, plan, export.decision(), profile, plan.exports().indexOf(export.rule()));
        });
    }

    private SearchDecision searched(
            Optional<String> stream, BiFunction<String, String, SearchDecision.Where> inSample) {
        List<SearchDecision.Where> where = new ArrayList<>();
        if (stream.isPresent()) {
            where.add(inSample.apply(stream.get(), stream.get()));
        } else {
            samples.forEach((streams, sample) -> where.add(inSample.apply(streams, sample)));
        }
        return new SearchDecision(where);
    }

    /** What the bundle says about a field of a stream, whatever its value. */
    public final FieldOutlook outlook(String stream, JsonPointer field) {
        Plan plan = plans.of(stream);
        Fate fate = plan.fate(field);
        return new FieldOutlook(plan, fate, fate.sensitivity());
    }

    // --- Whoever the reader is

    /**
     * By which rules somebody in a role sees records of a stream, whatever the conditions are under which they may: the
     * masking profile, and the first export rule where they take records out.
     *
     * @return empty if no rule lets them
     */
    public final Optional<Sight> sight(String stream, String role, Use use) {
        Plan plan = plans.of(stream);
        int exportRule = NONE;
        if (use == Use.EXPORT) {
            for (int i = 0; i < plan.exports().size() && exportRule == NONE; i++) {
                exportRule = plan.exports().get(i).roles().selects(role) ? i : NONE;
            }
            if (exportRule == NONE) {
                return Optional.empty();
            }
        } else if (source.access().stream()
                .noneMatch(rule -> rule.roles().selects(role)
                        && rule.operations().selects(Operations.READ_RECORDS)
                        && rule.streams().selects(stream))) {
            return Optional.empty();
        }
        return Optional.of(new Sight(profile(plan.profiles(), Set.of(role), use), exportRule));
    }

    /**
     * How whoever has a sight of a stream sees a record of it.
     *
     * @param record as in {@link #read}
     */
    public final List<FieldView> views(String stream, Sight sight, byte[] record) {
        return views(plans.of(stream), sight.profile(), sight.exportRule(), record);
    }

    /**
     * Whether it may depend on any of these variables of conditions whether somebody may read.
     *
     * @param stream empty for all
     */
    public final boolean readingAsksFor(Set<String> variables, Set<String> roles, Optional<String> stream) {
        return access.asksFor(variables, roles, stream.orElse(""), false);
    }

    /** Whether it may depend on any of these variables whether somebody may take records of a stream out. */
    public final boolean exportAsksFor(Set<String> variables, Set<String> roles, String stream) {
        return access.asksFor(variables, roles, stream, true);
    }

    /** Whether records of a stream may be kept without some of their values: dropped, or hashed. */
    public final boolean leavesOut(String stream) {
        return source.handling().rules().stream()
                .anyMatch(rule ->
                        rule.handling() != Handling.COMMIT && rule.streams().selects(stream));
    }

    // --- Keeping

    @Override
    public final RetentionClass retention(String stream) {
        return plans.of(stream).retention();
    }

    @Override
    public final Optional<RetentionClass> retentionClass(String name) {
        return Optional.ofNullable(source.retention().classes().get(name));
    }

    @Override
    public final ResidencyDecision residency(String stream, String region) {
        for (ResidencyRule rule : source.residency()) {
            if (rule.streams().selects(stream)) {
                boolean allowed = rule.regions().contains(region);
                String regions =
                        String.join(", ", rule.regions().stream().sorted().toList());
                String reason = allowed
                        ? rule.id() + " lets " + stream + " stand in " + region
                        : rule.id() + " lets " + stream + " stand in " + regions + " only"
                                + (region.isEmpty() ? ", and the region is not known" : "");
                return new ResidencyDecision(bundle, allowed, rule.id().toString(), reason);
            }
        }
        return new ResidencyDecision(bundle, true, "", "no rule of residency.yaml is about " + stream);
    }

    @Override
    public final Quota quota(Caller caller, String source) {
        for (QuotaRule rule : this.source.quotas()) {
            if (rule.roles().isAll() || rule.roles().selectsAny(caller.roles())) {
                if (rule.sources().isAll()
                        || !source.isEmpty() && rule.sources().selects(source)) {
                    return rule.quota();
                }
            }
        }
        return Quota.NONE;
    }

    @Override
    public final AgentSettings agentSettings(String group) {
        return source.agents().stream()
                .filter(rule -> rule.groups().isAll() || rule.groups().selects(group))
                .findFirst()
                .map(rule -> new AgentSettings(bundle, rule.id().toString(), rule.settings()))
                .orElseGet(() -> new AgentSettings(bundle, "", new TreeMap<>()));
    }
}
