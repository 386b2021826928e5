package io.strongroom.bench;

import java.util.List;

/** Percentiles by the nearest-rank method. */
final class Percentiles {
    private Percentiles() {}

    /** @param share from 0 (exclusive) to 1 */
    static double of(List<Double> samples, double share) {
        List<Double> sorted = samples.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
