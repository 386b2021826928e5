package io.strongroom.server.telemetry.health;

import java.time.Duration;
import java.util.Locale;

/** How long a rollup is. All begin at whole multiples of it since 1970, so that hours and days are those of UTC. */
public enum Resolution {
    MINUTE(1, Duration.ofMinutes(1)),
    HOUR(2, Duration.ofHours(1)),
    DAY(3, Duration.ofDays(1));

    private final int code;
    private final long millis;

    Resolution(int code, Duration length) {
        this.code = code;
        this.millis = length.toMillis();
    }

    /** What stands in the tables; never changes. */
    int code() {
        return code;
    }

    public long millis() {
        return millis;
    }

    /** When the rollup begins in which {@code at} falls; both are epoch milliseconds. */
    public long start(long at) {
        return Math.floorDiv(at, millis) * millis;
    }

    /** How many rollups there may be in [{@code from}, {@code to}). */
    long count(long from, long to) {
        return to <= from ? 0 : (start(to - 1) - start(from)) / millis + 1;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
