package io.strongroom.agent.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far the appliance's clock is ahead of this machine's, as estimated by its answers: of the last few the one that took
 * least time is believed. Recorded, and never used to correct a time.
 */
public final class Skew {
    private static final int SAMPLES = 16;

    private record Sample(long aheadMillis, long tookMillis) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * An answer.
     *
     * @param sentAt by this machine's clock, in milliseconds since 1970
     * @param answeredAt likewise
     * @param serverAt by the appliance's
     */
    public synchronized void add(long sentAt, long answeredAt, long serverAt) {
        long took = answeredAt - sentAt;
        if (took < 0) {
            // The clock was set in between.
            samples.clear();
            return;
        }
        samples.addLast(new Sample(serverAt - (sentAt + took / 2), took));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** In milliseconds; empty before the first answer. */
    public synchronized Optional<Long> aheadMillis() {
        return samples.stream()
                .min((a, b) -> Long.compare(a.tookMillis(), b.tookMillis()))
                .map(Sample::aheadMillis);
    }
}
