package io.strongroom.policies.bundle;

import io.strongroom.policies.bundle.Bundle.FindableRule;
import io.strongroom.policies.bundle.Bundle.Handling;
import io.strongroom.policies.bundle.Bundle.HandlingRule;
import io.strongroom.policies.bundle.Bundle.HandlingRules;
import io.strongroom.policies.bundle.Bundle.SubjectRule;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads handling.yaml. */
final class HandlingReader {
    private HandlingReader() {}

    static HandlingRules read(YamlFile file) {
        Entry root = file.root();
        List<SubjectRule> subjects = new ArrayList<>();
        for (Entry rule : root.entries("subject")) {
            if (rule.isSound()) {
                subjects.add(new SubjectRule(
                        Selectors.id(rule), Selectors.streams(rule), Selectors.pointers(rule, "fields")));
            }
        }
        List<HandlingRule> rules = new ArrayList<>();
        for (Entry rule : root.entries("rules")) {
            if (rule.isSound()) {
                checkErasable(rule);
                rules.add(new HandlingRule(
                        Selectors.id(rule),
                        Selectors.streams(rule),
                        Selectors.fields(rule),
                        Handling.valueOf(rule.text("do").toUpperCase(Locale.ROOT)),
                        rule.text("reason")));
            }
        }
        List<FindableRule> findable = new ArrayList<>();
        for (Entry rule : root.entries("findable")) {
            if (rule.isSound()) {
                findable.add(new FindableRule(Selectors.id(rule), Selectors.streams(rule), Selectors.fields(rule)));
            }
        }
        return new HandlingRules(List.copyOf(subjects), List.copyOf(rules), List.copyOf(findable));
    }

    /** A hash stays in the record when a subject is erased. Whoever wants one has to say so. */
    private static void checkErasable(Entry rule) {
        boolean hash = rule.text("do").equals("hash");
        if (hash && rule.truth("erasable", true)) {
            rule.fault(
                    rule.line("do"),
                    "a hash cannot be erased, and the rule does not say that it need not be",
                    "add erasable: false and a reason, or write do: commit");
        }
        if (hash && !rule.has("reason")) {
            rule.fault(
                    rule.line("do"), "a hash needs a reason", "add reason: why it may stay when its subject is erased");
        }
        if (!hash && rule.has("erasable")) {
            rule.fault(rule.line("erasable"), "erasable says nothing here", "remove it; it belongs to do: hash");
        }
    }
}
