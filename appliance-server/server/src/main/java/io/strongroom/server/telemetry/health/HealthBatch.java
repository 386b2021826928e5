package io.strongroom.server.telemetry.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the samples of one transaction come to, so that each row is written once however many fall into it. */
final class HealthBatch {
    /**
     * A row of rollups.
     *
     * @param start epoch milliseconds
     */
    record Place(Series series, Resolution resolution, long start) {}

    private final Map<Series, Rollup> newest = new LinkedHashMap<>();
    private final Map<Place, Rollup> rollups = new LinkedHashMap<>();

    HealthBatch(Collection<Sample> samples) {
        samples.forEach(this::add);
    }

    private void add(Sample sample) {
        Rollup one = Rollup.of(sample);
        newest.merge(sample.series(), one, Rollup::and);
        for (Resolution resolution : Resolution.values()) {
            rollups.merge(new Place(sample.series(), resolution, resolution.start(sample.at())), one, Rollup::and);
        }
    }

    /** Of each series all samples together, for the last of them. */
    Map<Series, Rollup> newest() {
        return newest;
    }

    Map<Place, Rollup> rollups() {
        return rollups;
    }
}
