package io.strongroom.server.record;

import io.strongroom.evidence.RecordId;
import io.strongroom.server.keys.RandomBytes;
import java.time.InstantSource;

/**
 * Makes record ids that never go back: within a millisecond each is one above the one before, and when the clock steps
 * back the last time is kept until the clock has caught up.
 */
public final class RecordIds {
    private static final int RANDOM_BITS_IN_HIGH = 16;

    private final InstantSource clock;
    private final RandomBytes random;

    /** Guarded by this: the last id given, zero before the first. */
    private RecordId last = new RecordId(0, 0);

    public RecordIds(InstantSource clock, RandomBytes random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id. Its time is {@code receivedAt}. */
    public synchronized RecordId next() {
        long now = clock.millis();
        last = now > last.epochMillis() ? RecordId.of(now, random.next(RecordId.RANDOM_BYTES)) : after(last);
        return last;
    }

    /** The next of 128-bit numbers; the 80 random bits carry into the time, which is then a millisecond ahead. */
    private static RecordId after(RecordId id) {
        long low = id.low() + 1;
        long high = low == 0 ? id.high() + 1 : id.high();
        if (high >>> RANDOM_BITS_IN_HIGH == 0 && id.high() >>> RANDOM_BITS_IN_HIGH != 0) {
            throw new IllegalStateException("the clock has left the range of record ids");
        }
        return new RecordId(high, low);
    }
}
