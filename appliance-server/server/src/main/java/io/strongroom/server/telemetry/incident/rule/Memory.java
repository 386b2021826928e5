package io.strongroom.server.telemetry.incident.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules remember of one device: lists of numbers by name. A device can make it have {@value #MOST_SLOTS} of them;
 * what it names above that is not remembered.
 */
public final class Memory {
    /** Each is at most a kilobyte or two. */
    public static final int MOST_SLOTS = 96;

    private final Map<String, double[]> slots = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    public Memory() {}

    /** @param stored becomes this memory's own */
    public Memory(Map<String, double[]> stored) {
        slots.putAll(stored);
    }

    /** What is remembered under a name; nothing if nothing is. The caller does not change it. */
    double @Nullable [] get(String name) {
        return slots.get(name);
    }

    boolean has(String name) {
        return slots.containsKey(name);
    }

    void put(String name, double... numbers) {
        if (slots.size() < MOST_SLOTS || slots.containsKey(name)) {
            slots.put(name, numbers);
            changed.add(name);
        }
    }

    void forget(String name) {
        if (slots.remove(name) != null) {
            changed.add(name);
        }
    }

    /** What changed since it was made, with the new numbers; null for what was forgotten. */
    public Map<String, double @Nullable []> changes() {
        Map<String, double @Nullable []> changes = new HashMap<>();
        for (String name : changed) {
            changes.put(name, slots.get(name));
        }
        return changes;
    }
}
