package io.strongroom.server.telemetry.score;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A score. What an input is not known of counts for nothing, neither good nor bad: the others make up the score, and the
 * missing ones are named.
 *
 * @param inputs the value of each component that is known
 * @param missing why the others are not
 */
record Score(Map<Component, Double> inputs, Map<Component, Missing> missing) {
    /** Less than half of the weight makes no score. */
    static final int LEAST_WEIGHT = 50;

    /** Why an input is not known. */
    enum Missing {
        /** The device did not tell it in time. */
        NOT_TOLD,
        /** Policy hides it from whoever asks. */
        HIDDEN
    }

    Score {
        inputs = Map.copyOf(inputs);
        missing = Map.copyOf(missing);
    }

    /** @param hidden which of those that are not known policy hides from whoever asks */
    static Score of(Map<Component, Double> known, Set<Component> hidden) {
        Map<Component, Missing> missing = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            if (!known.containsKey(component)) {
                missing.put(component, hidden.contains(component) ? Missing.HIDDEN : Missing.NOT_TOLD);
            }
        }
        return new Score(known, missing);
    }

    /** How much of the weight is known, from 0 to 100. */
    int knownWeight() {
        return inputs.keySet().stream().mapToInt(Component::weight).sum();
    }

    /** From 0 to 100; empty where less than half of the weight is known. */
    OptionalDouble points() {
        int weight = knownWeight();
        if (weight < LEAST_WEIGHT) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (Map.Entry<Component, Double> input : inputs.entrySet()) {
            sum += input.getKey().weight() * input.getKey().points(input.getValue());
        }
        return OptionalDouble.of(sum / weight);
    }
}
