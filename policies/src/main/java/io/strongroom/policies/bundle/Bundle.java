package io.strongroom.policies.bundle;

import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import io.strongroom.policies.Mask;
import io.strongroom.policies.Quota;
import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.detect.Detector;
import io.strongroom.policies.pattern.FieldSelector;
import io.strongroom.policies.pattern.NameSelector;
import io.strongroom.policies.schema.JsonSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says, in the order in which it says it. It has passed validation: every name refers to something, every
 * expression compiles.
 *
 * @param files what it was read from
 * @param name {@code name} of bundle.yaml
 * @param version {@code version} of bundle.yaml
 */
public record Bundle(
        BundleFiles files,
        String name,
        String version,
        ClassificationRules classification,
        HandlingRules handling,
        List<MaskingProfile> masking,
        RetentionRules retention,
        List<ResidencyRule> residency,
        List<ExportRule> exports,
        List<AccessRule> access,
        List<QuotaRule> quotas,
        List<ActionRule> actions,
        List<AgentRule> agents,
        List<NamedOfficer> officers) {

    public Bundle {
        masking = List.copyOf(masking);
        residency = List.copyOf(residency);
        exports = List.copyOf(exports);
        access = List.copyOf(access);
        quotas = List.copyOf(quotas);
        actions = List.copyOf(actions);
        agents = List.copyOf(agents);
        officers = List.copyOf(officers);
    }

    /** The selectors of streams of all rules that have any. */
    public Stream<NameSelector> streamSelectors() {
        return Stream.of(
                        classification.rules().stream().map(ClassRule::streams),
                        classification.detectors().stream().map(DetectorRule::streams),
                        handling.rules().stream().map(HandlingRule::streams),
                        handling.subjects().stream().map(SubjectRule::streams),
                        handling.findable().stream().map(FindableRule::streams),
                        masking.stream().map(MaskingProfile::streams),
                        exports.stream().map(ExportRule::streams),
                        access.stream().map(AccessRule::streams),
                        actions.stream().map(ActionRule::streams),
                        residency.stream().map(ResidencyRule::streams),
                        retention.rules().stream().map(RetentionRule::streams))
                .flatMap(streams -> streams);
    }

    /** All rules that are about fields. */
    public Stream<FieldRule> fieldRules() {
        return Stream.of(
                        classification.rules().stream(),
                        classification.detectors().stream(),
                        handling.rules().stream(),
                        handling.findable().stream(),
                        masking.stream().flatMap(profile -> profile.rules().stream()),
                        exports.stream())
                .<FieldRule>flatMap(rules -> rules);
    }

    /** A rule that is about fields. */
    public sealed interface FieldRule
            permits ClassRule, DetectorRule, HandlingRule, FindableRule, MaskRule, ExportRule {
        RuleId id();

        FieldSelector fields();
    }

    /**
     * classification.yaml. All rules and detectors that match count, and the highest class wins.
     *
     * @param otherwise the class of a field that nothing matches
     */
    public record ClassificationRules(Classification otherwise, List<ClassRule> rules, List<DetectorRule> detectors) {}

    /**
     * Gives fields a class.
     *
     * @param kind null where it says nothing of it
     * @param search whether detectors look into the fields
     * @param whole whether an object that is named is one field, with the names in it
     */
    public record ClassRule(
            RuleId id,
            NameSelector streams,
            FieldSelector fields,
            Classification classification,
            @Nullable Kind kind,
            boolean search,
            boolean whole)
            implements FieldRule {}

    /** Gives a class to fields in which something is found. */
    public record DetectorRule(
            RuleId id,
            NameSelector streams,
            FieldSelector fields,
            Detector detector,
            String detectorText,
            Classification classification,
            @Nullable Kind kind)
            implements FieldRule {}

    /** handling.yaml. In each list the first rule that matches decides. */
    public record HandlingRules(List<SubjectRule> subjects, List<HandlingRule> rules, List<FindableRule> findable) {}

    /**
     * Names the data subject.
     *
     * @param pointers the first that the record has
     */
    public record SubjectRule(RuleId id, NameSelector streams, List<JsonPointer> pointers) {}

    /**
     * Says what is done with fields when a record is written.
     *
     * @param reason of a hash: why it need not be erasable; else empty
     */
    public record HandlingRule(RuleId id, NameSelector streams, FieldSelector fields, Handling handling, String reason)
            implements FieldRule {}

    /** What may be done with a field. */
    public enum Handling {
        COMMIT,
        DROP,
        HASH
    }

    /** Says which committed fields are found by a keyed hash. */
    public record FindableRule(RuleId id, NameSelector streams, FieldSelector fields) implements FieldRule {}

    /**
     * A profile of masking.yaml. The first profile that fits the reader decides, and in it the first rule that fits the
     * field.
     *
     * @param uses for reading, exporting, or both
     */
    public record MaskingProfile(
            RuleId id, NameSelector roles, Set<Use> uses, NameSelector streams, List<MaskRule> rules) {}

    /** What records are looked at for. */
    public enum Use {
        READ,
        EXPORT
    }

    /**
     * A rule of a profile.
     *
     * @param classes of which the field's must be one; all if empty
     * @param kinds of which the field's must be one; all, and none, if empty
     */
    public record MaskRule(RuleId id, FieldSelector fields, Set<Classification> classes, Set<Kind> kinds, Mask mask)
            implements FieldRule {}

    /** retention.yaml. */
    public record RetentionRules(
            RetentionClass otherwise, Map<String, RetentionClass> classes, List<RetentionRule> rules) {}

    /** Gives streams a retention class. The first that matches decides. */
    public record RetentionRule(RuleId id, NameSelector streams, RetentionClass retentionClass) {}

    /** Says where records of streams may stand. The first that matches decides. */
    public record ResidencyRule(RuleId id, NameSelector streams, Set<String> regions) {}

    /** Lets roles take records out. The first that matches, and whose condition holds, decides. */
    public record ExportRule(
            RuleId id,
            NameSelector roles,
            NameSelector streams,
            Set<String> formats,
            boolean purposeRequired,
            FieldSelector fields,
            @Nullable Condition when)
            implements FieldRule {}

    /** Lets roles do something. The first that matches, and whose condition holds, decides. */
    public record AccessRule(
            RuleId id,
            NameSelector roles,
            NameSelector operations,
            NameSelector streams,
            boolean purposeRequired,
            @Nullable Condition when) {}

    /** Limits callers. The first that matches decides. */
    public record QuotaRule(RuleId id, NameSelector roles, NameSelector sources, Quota quota) {}

    /** Says what the agents of groups of devices collect. The first that matches decides. */
    public record AgentRule(RuleId id, NameSelector groups, SortedMap<String, String> settings) {}

    /** Whose approvals of the next bundles devices believe, in which roles and under which keys. */
    public record NamedOfficer(PersonId id, Set<String> roles, List<VerifyingKey> keys) {
        public NamedOfficer {
            roles = Set.copyOf(roles);
            keys = List.copyOf(keys);
        }
    }

    /**
     * Knows what the attributes of an action look like. The first that matches decides.
     *
     * @param schemaText the schema as canonical JSON, to be compared
     * @param refuse whether a record that does not fit is refused; else its attributes become RESTRICTED
     */
    public record ActionRule(
            RuleId id,
            NameSelector actions,
            NameSelector streams,
            JsonSchema attributes,
            String schemaText,
            boolean refuse) {}
}
