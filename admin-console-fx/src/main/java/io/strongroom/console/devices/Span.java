package io.strongroom.console.devices;

import java.time.Duration;

/** How far back charts show. */
enum Span {
    HOUR(Duration.ofHours(1), Duration.ofMinutes(10), 60),
    DAY(Duration.ofDays(1), Duration.ofHours(4), 24),
    MONTH(Duration.ofDays(30), Duration.ofDays(5), 31);

    private final Duration length;
    private final Duration tick;
    private final int points;

    Span(Duration length, Duration tick, int points) {
        this.length = length;
        this.tick = tick;
        this.points = points;
    }

    Duration length() {
        return length;
    }

    /** From one label under the chart to the next. */
    Duration tick() {
        return tick;
    }

    /** So many points are asked for: one for each minute, hour or day. */
    int points() {
        return points + 1;
    }
}
