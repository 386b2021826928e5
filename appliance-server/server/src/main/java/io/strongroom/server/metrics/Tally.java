package io.strongroom.server.metrics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts by the constants of an enum. For any number of threads; counting costs one addition. */
public final class Tally<E extends Enum<E>> {
    // Never changed once made.
    private final Map<E, LongAdder> counts;

    public Tally(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, new LongAdder());
        }
    }

    public void count(E what) {
        LongAdder count = counts.get(what);
        if (count != null) {
            count.increment();
        }
    }

    /** The counts by the constants' names in lower case, with hyphens. */
    public Map<String, Long> byLabel() {
        Map<String, Long> labels = new LinkedHashMap<>();
        counts.forEach(
                (what, count) -> labels.put(what.name().toLowerCase(Locale.ROOT).replace('_', '-'), count.sum()));
        return labels;
    }
}
