package io.strongroom.policies.bundle;

import io.strongroom.policies.bundle.Bundle.AgentRule;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads agents.yaml. */
final class AgentReader {
    private AgentReader() {}

    static List<AgentRule> read(YamlFile file) {
        List<AgentRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            if (rule.isSound()) {
                RuleId id = Selectors.id(rule);
                rules.add(new AgentRule(id, Selectors.names(rule, "groups"), settings(rule)));
            }
        }
        return rules;
    }

    private static SortedMap<String, String> settings(Entry rule) {
        SortedMap<String, String> settings = new TreeMap<>();
        rule.entry("collect").ifPresent(collect -> {
            for (String collector : collect.names()) {
                collect.entry(collector).ifPresent(said -> take("collect." + collector, said, settings));
            }
        });
        return settings;
    }

    private static void take(String prefix, Entry said, SortedMap<String, String> settings) {
        if (said.has("enabled")) {
            settings.put(prefix + ".enabled", Boolean.toString(said.truth("enabled", true)));
        }
        said.integer("everySeconds").ifPresent(every -> settings.put(prefix + ".every-seconds", every.toString()));
        said.integer("linesPerSecond").ifPresent(most -> settings.put(prefix + ".lines-per-second", most.toString()));
    }
}
