package io.strongroom.server.metrics;

/**
 * A slice's numbers. Asked at each scrape, on a thread that may wait a little; until then nothing is made of what was
 * counted. Names begin with {@code strongroom_}; labels take few values, all known beforehand, and never a person's, a
 * record's or a caller's.
 */
@FunctionalInterface
public interface MeterSource {
    void describe(Meters meters);
}
