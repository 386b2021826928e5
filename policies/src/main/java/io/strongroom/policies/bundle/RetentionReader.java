package io.strongroom.policies.bundle;

import io.strongroom.policies.RetentionClass;
import io.strongroom.policies.bundle.Bundle.RetentionRule;
import io.strongroom.policies.bundle.Bundle.RetentionRules;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads retention.yaml. */
final class RetentionReader {
    private static final RetentionClass UNKNOWN = new RetentionClass("", Period.ZERO, 0);

    private RetentionReader() {}

    static RetentionRules read(YamlFile file) {
        Entry root = file.root();
        Map<String, RetentionClass> classes = new LinkedHashMap<>();
        root.entry("classes").ifPresent(all -> {
            for (String name : all.names()) {
                all.entry(name).filter(Entry::isSound).ifPresent(entry -> classes.put(name, retention(name, entry)));
            }
        });
        List<RetentionRule> rules = new ArrayList<>();
        for (Entry rule : root.entries("rules")) {
            if (rule.isSound()) {
                rules.add(new RetentionRule(
                        Selectors.id(rule), Selectors.streams(rule), named(root, rule, "class", classes)));
            }
        }
        return new RetentionRules(named(root, root, "default", classes), Map.copyOf(classes), List.copyOf(rules));
    }

    private static RetentionClass retention(String name, Entry entry) {
        Optional<Period> years = entry.integer("years").map(n -> Period.ofYears(n.intValue()));
        Optional<Period> months = entry.integer("months").map(n -> Period.ofMonths(n.intValue()));
        Optional<Period> days = entry.integer("days").map(n -> Period.ofDays(n.intValue()));
        List<Period> given = java.util.stream.Stream.of(years, months, days)
                .flatMap(Optional::stream)
                .toList();
        if (given.size() != 1) {
            entry.fault(
                    entry.line(),
                    "the class " + name + " has " + given.size() + " periods",
                    "give one of years, months and days");
        }
        return new RetentionClass(
                name,
                given.isEmpty() ? Period.ZERO : given.getFirst(),
                entry.integer("graceDays").orElse(0L).intValue());
    }

    private static RetentionClass named(Entry root, Entry entry, String member, Map<String, RetentionClass> classes) {
        String name = entry.text(member);
        boolean declared = root.entry("classes").filter(all -> all.has(name)).isPresent();
        if (!name.isEmpty() && !declared) {
            entry.fault(
                    entry.line(member),
                    "there is no retention class " + name,
                    "declare it under classes, or use one of " + String.join(", ", classes.keySet()));
        }
        return classes.getOrDefault(name, UNKNOWN);
    }
}
