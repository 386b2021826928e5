package io.strongroom.server.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock and a monotonic clock that tests move together or apart. */
public final class MutableClock extends Clock {
    private record Now(long millis, long nanos) {}

    /** Both move at once: whoever looks at one after the other sees that time passed in between. */
    private final AtomicReference<Now> now;

    public MutableClock(Instant start) {
        this.now = new AtomicReference<>(new Now(start.toEpochMilli(), 0));
    }

    /** Time passes. */
    void pass(Duration time) {
        now.updateAndGet(before -> new Now(before.millis + time.toMillis(), before.nanos + time.toNanos()));
    }

    /** The wall clock alone is set. */
    public void step(Duration step) {
        now.updateAndGet(before -> new Now(before.millis + step.toMillis(), before.nanos));
    }

    long nanos() {
        return now.get().nanos;
    }

    @Override
    public long millis() {
        return now.get().millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the tests' clock has one zone");
    }
}
