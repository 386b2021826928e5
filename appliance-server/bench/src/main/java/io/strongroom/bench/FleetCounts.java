package io.strongroom.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of the batches of a fleet, over one transport. For any number of threads. */
final class FleetCounts {
    final LongAdder connected = new LongAdder();
    final LongAdder sent = new LongAdder();

    /** Turns that passed because the batch before was not acknowledged. */
    final LongAdder late = new LongAdder();

    final LongAdder putOff = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    /** Milliseconds; guarded by itself. */
    private final List<Double> answered = new ArrayList<>();

    private long acknowledged;

    void acknowledged(long nanos) {
        synchronized (answered) {
            acknowledged++;
            answered.add(nanos / 1e6);
        }
    }

    void failed(String why) {
        failures.increment();
        firstFailure.compareAndSet(null, why);
    }

    @Nullable
    String firstFailure() {
        return firstFailure.get();
    }

    long acknowledged() {
        synchronized (answered) {
            return acknowledged;
        }
    }

    /** Forgets how long answers took so far: of the time in which connections were made. */
    void begin() {
        synchronized (answered) {
            answered.clear();
        }
    }

    double percentile(double share) {
        synchronized (answered) {
            return Percentiles.of(answered, share);
        }
    }
}
