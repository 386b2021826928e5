package io.strongroom.agent.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What agents.yaml, as officers signed it, says about a group of devices: the first rule that fits decides alone. */
final class AgentRules {
    private static final Map<String, String> MEMBERS =
            Map.of("enabled", "enabled", "everySeconds", "every-seconds", "linesPerSecond", "lines-per-second");

    private AgentRules() {}

    /**
     * By the agent's own keys; empty if no rule is about the group.
     *
     * @throws IllegalArgumentException if this agent cannot read the file
     */
    static SortedMap<String, String> settings(String agentsYaml, String group) {
        for (Map<?, ?> rule : Yaml.list(agentsYaml, "rules")) {
            if (!rule.containsKey("groups")
                    || Yaml.texts(rule.get("groups")).stream().anyMatch(pattern -> fits(pattern, group))) {
                return settings(Yaml.map(rule.get("collect")));
            }
        }
        return new TreeMap<>();
    }

    private static boolean fits(String pattern, String group) {
        List<String> pieces = Arrays.asList(pattern.split("\\*+", -1));
        return Pattern.matches(pieces.stream().map(Pattern::quote).collect(Collectors.joining(".*")), group);
    }

    private static SortedMap<String, String> settings(Map<?, ?> collect) {
        SortedMap<String, String> settings = new TreeMap<>();
        collect.forEach((collector, said) -> Yaml.map(said).forEach((member, value) -> {
            String name = MEMBERS.get(Yaml.text(member));
            if (name == null || !(value instanceof Boolean || value instanceof Integer)) {
                throw new IllegalArgumentException("this agent does not know the member " + member);
            }
            settings.put("collect." + Yaml.text(collector) + "." + name, value.toString());
        }));
        return settings;
    }
}
