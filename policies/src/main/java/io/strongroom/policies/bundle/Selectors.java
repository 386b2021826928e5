package io.strongroom.policies.bundle;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import io.strongroom.policies.RecordFields;
import io.strongroom.policies.condition.Condition;
import io.strongroom.policies.pattern.FieldPattern;
import io.strongroom.policies.pattern.FieldSelector;
import io.strongroom.policies.pattern.NameSelector;
import io.strongroom.policies.schema.Nearest;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what rules of all files have in common, and tells what is wrong with it. */
final class Selectors {
    private Selectors() {}

    static RuleId id(Entry rule) {
        return new RuleId(rule.file(), rule.line(), rule.text("name"));
    }

    /** {@code streams} and {@code exceptStreams}. */
    static NameSelector streams(Entry rule) {
        return NameSelector.of(rule.texts("streams"), rule.texts("exceptStreams"));
    }

    /** Roles, operations, sources or actions; all where the rule has no such list. */
    static NameSelector names(Entry rule, String member) {
        return NameSelector.of(rule.texts(member), List.of());
    }

    /** {@code fields} and {@code except}. */
    static FieldSelector fields(Entry rule) {
        return new FieldSelector(patterns(rule, "fields", true), patterns(rule, "except", false));
    }

    /** As {@link #fields}, where the rule takes nothing from anybody: it may name what always stands in clear. */
    static FieldSelector visibleFields(Entry rule) {
        return new FieldSelector(patterns(rule, "fields", false), patterns(rule, "except", false));
    }

    private static List<FieldPattern> patterns(Entry rule, String member, boolean hideable) {
        List<FieldPattern> patterns = new ArrayList<>();
        List<String> texts = rule.texts(member);
        for (int i = 0; i < texts.size(); i++) {
            int line = rule.line(member, i);
            String text = texts.get(i);
            try {
                FieldPattern pattern = FieldPattern.parse(text);
                if (isPlaced(pattern, rule, line, hideable)) {
                    patterns.add(pattern);
                }
            } catch (IllegalArgumentException e) {
                rule.fault(line, "the field " + text + " is none", String.valueOf(e.getMessage()));
            }
        }
        return patterns;
    }

    /** Whether records have a member that the pattern begins with, and it may be hidden. */
    private static boolean isPlaced(FieldPattern pattern, Entry rule, int line, boolean hideable) {
        List<String> members = pattern.beginsWith(RecordFields.received());
        if (members.isEmpty()) {
            String nearest = Nearest.of(pattern.first(), RecordFields.received());
            rule.fault(
                    line,
                    "the field " + pattern + " begins with a member that records do not have",
                    (nearest == null ? "" : "did you mean /" + nearest + "? ") + "Records have "
                            + String.join(", ", RecordFields.received()));
            return false;
        }
        if (hideable && RecordFields.ALWAYS_CLEAR.containsAll(members)) {
            rule.fault(
                    line,
                    "the field " + pattern + " stands in the ledger's entry in clear, for ever, and cannot be hidden",
                    "remove it from the rule; source, stream and tenantId are never personal");
            return false;
        }
        return true;
    }

    /** Pointers without stars. */
    static List<JsonPointer> pointers(Entry rule, String member) {
        List<JsonPointer> pointers = new ArrayList<>();
        for (FieldPattern pattern : patterns(rule, member, false)) {
            if (pattern.isLiteral()) {
                pointers.add(JsonPointer.parse(pattern.toString()));
            } else {
                rule.fault(
                        rule.line(member),
                        "the field " + pattern + " could be several",
                        "name one field, without stars; list more of them if records differ");
            }
        }
        return pointers;
    }

    static Classification classification(Entry rule, String member) {
        return Classification.valueOf(rule.text(member));
    }

    static @Nullable Kind kind(Entry rule) {
        return rule.has("kind") ? Kind.of(rule.text("kind")) : null;
    }

    static Set<Classification> classes(Entry rule) {
        Set<Classification> classes = EnumSet.noneOf(Classification.class);
        rule.texts("classes").forEach(name -> classes.add(Classification.valueOf(name)));
        return classes;
    }

    static Set<Kind> kinds(Entry rule) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        rule.texts("kinds").forEach(name -> kinds.add(Kind.of(name)));
        return kinds;
    }

    static boolean purposeRequired(Entry rule, String otherwise) {
        String purpose = rule.text("purpose");
        return (purpose.isEmpty() ? otherwise : purpose).equals("required");
    }

    /** {@code when}; null where there is none, or it is wrong, which was told. */
    static @Nullable Condition condition(Entry rule, boolean withRecord) {
        if (!rule.has("when")) {
            return null;
        }
        try {
            return Condition.compile(rule.text("when"), withRecord);
        } catch (IllegalArgumentException e) {
            rule.fault(
                    rule.line("when"),
                    "the condition is not CEL that can be used here (" + e.getMessage() + ")",
                    "it may name " + String.join(", ", Condition.variables(withRecord)));
            return null;
        }
    }
}
