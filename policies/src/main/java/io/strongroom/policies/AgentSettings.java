package io.strongroom.policies;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device's agent is to collect; what is not named is for the agent's own file to say.
 *
 * @param bundle that says so
 * @param rule the rule that says so; empty if none does
 * @param settings by the agent's own keys, such as {@code collect.logs.every-seconds}, in their order
 */
public record AgentSettings(PolicyBundle bundle, String rule, SortedMap<String, String> settings) {
    public AgentSettings {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
}
