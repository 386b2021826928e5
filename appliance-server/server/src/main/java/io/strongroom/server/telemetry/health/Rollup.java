package io.strongroom.server.telemetry.health;

/**
 * What samples of a stretch of time come to. Joining two gives the same in whatever order, but for the last bits of the
 * sum; so late samples put right what is there.
 *
 * @param samples how many; at least 1
 * @param total their sum
 * @param last the value of the one with the highest time, and of those with the highest {@code seq}
 */
public record Rollup(long samples, double least, double most, double total, double last, long lastAt, long lastSeq) {

    static Rollup of(Sample sample) {
        return new Rollup(1, sample.value(), sample.value(), sample.value(), sample.value(), sample.at(), sample.seq());
    }

    public double mean() {
        return total / samples;
    }

    /** What both come to together. */
    public Rollup and(Rollup other) {
        boolean later = other.lastAt > lastAt || other.lastAt == lastAt && other.lastSeq > lastSeq;
        Rollup newer = later ? other : this;
        return new Rollup(
                samples + other.samples,
                Math.min(least, other.least),
                Math.max(most, other.most),
                total + other.total,
                newer.last,
                newer.lastAt,
                newer.lastSeq);
    }
}
