package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessDecision.Outcome;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.AccessRule;
import io.strongroom.policies.bundle.Bundle.ExportRule;
import io.strongroom.policies.bundle.RuleId;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.condition.Condition.Verdict;
import io.strongroom.policies.condition.ConditionInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what. What no rule allows is denied; a rule whose condition cannot be evaluated does not allow. */
final class AccessRules {
    /** What conditions of export rules see as the operation. */
    private static final String EXPORT = "exports.create";

    private final PolicyBundle bundle;
    private final List<AccessRule> access;
    private final List<ExportRule> exports;

    AccessRules(PolicyBundle bundle, Bundle source) {
        this.bundle = bundle;
        this.access = source.access();
        this.exports = source.exports();
    }

    /**
     * An answer to who may export, and the rule that gives it.
     *
     * @param rule null where it is denied
     */
    record Export(AccessDecision decision, @Nullable ExportRule rule) {}

    /**
     * @param stream empty where it is about none
     * @param record null where it is about none
     */
    AccessDecision decide(AccessRequest request, String stream, byte @Nullable [] record) {
        CanonicalObject members = record == null ? null : CanonicalObject.ofCanonical(record);
        List<String> undecided = new ArrayList<>();
        List<String> without = new ArrayList<>();
        AccessRule later = null;
        for (AccessRule rule : access) {
            boolean about = rule.roles().selectsAny(request.caller().roles())
                    && rule.operations().selects(request.operation())
                    && (stream.isEmpty() || rule.streams().selects(stream));
            if (!about) {
                continue;
            }
            if (rule.purposeRequired() && request.purpose().isBlank()) {
                without.add(rule.id() + " needs a purpose");
            } else if (stream.isEmpty() && !rule.streams().isAll()
                    || record == null && rule.when() != null && rule.when().usesRecord()) {
                later = later == null ? rule : later;
            } else if (holds(
                    rule.id(),
                    rule.when(),
                    new ConditionInput(
                            request.caller(), request.operation(), request.purpose(), request.time(), stream, members),
                    undecided)) {
                return allowed(rule.id(), undecided);
            }
        }
        if (later != null) {
            return new AccessDecision(
                    bundle,
                    Outcome.PER_RECORD,
                    later.id().toString(),
                    later.id() + " allows it for some records",
                    undecided);
        }
        return denied("access.yaml", request.operation(), request.caller(), without, undecided);
    }

    Export export(ExportRequest request, String stream) {
        List<String> undecided = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (ExportRule rule : exports) {
            if (!rule.roles().selectsAny(request.caller().roles())
                    || !rule.streams().selects(stream)) {
                continue;
            }
            if (!rule.formats().contains(request.format())) {
                String formats =
                        String.join(", ", rule.formats().stream().sorted().toList());
                without.add(rule.id() + " gives " + formats + " only");
            } else if (rule.purposeRequired() && request.purpose().isBlank()) {
                without.add(rule.id() + " needs a purpose");
            } else if (holds(
                    rule.id(),
                    rule.when(),
                    new ConditionInput(request.caller(), EXPORT, request.purpose(), request.time(), stream, null),
                    undecided)) {
                return new Export(allowed(rule.id(), undecided), rule);
            }
        }
        return new Export(denied("export.yaml", "an export of " + stream, request.caller(), without, undecided), null);
    }

    /**
     * Whether a rule that may come to decide about reading, or taking out where {@code exporting}, asks for any of these
     * variables.
     */
    boolean asksFor(Set<String> variables, Set<String> roles, String stream, boolean exporting) {
        return exporting
                ? exports.stream()
                        .filter(rule ->
                                rule.roles().selectsAny(roles) && rule.streams().selects(stream))
                        .anyMatch(rule -> asks(rule.when(), variables))
                : access.stream()
                        .filter(rule -> rule.roles().selectsAny(roles)
                                && rule.operations().selects(Operations.READ_RECORDS)
                                && (stream.isEmpty() || rule.streams().selects(stream)))
                        .anyMatch(rule -> asks(rule.when(), variables));
    }

    private static boolean asks(@Nullable Condition condition, Set<String> variables) {
        return condition != null && condition.usesAny(variables);
    }

    private static boolean holds(
            RuleId rule, @Nullable Condition condition, ConditionInput input, List<String> undecided) {
        if (condition == null) {
            return true;
        }
        return switch (condition.evaluate(input)) {
            case Verdict.Decided decided -> decided.holds();
            case Verdict.Undecided not -> {
                undecided.add("the condition of " + rule + " cannot be decided: " + not.reason());
                yield false;
            }
        };
    }

    private AccessDecision allowed(RuleId rule, List<String> undecided) {
        return new AccessDecision(bundle, Outcome.ALLOWED, rule.toString(), "allowed by " + rule, undecided);
    }

    private AccessDecision denied(
            String file, String what, Caller caller, List<String> without, List<String> undecided) {
        String roles = caller.roles().isEmpty()
                ? "somebody without a role"
                : String.join(", ", caller.roles().stream().sorted().toList());
        StringBuilder reason = new StringBuilder("no rule of " + file + " allows " + what + " to " + roles);
        without.forEach(need -> reason.append("; ").append(need));
        undecided.forEach(why -> reason.append("; ").append(why));
        return new AccessDecision(bundle, Outcome.DENIED, "", reason.toString(), undecided);
    }
}
