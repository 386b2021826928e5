package io.strongroom.api.client;

import io.strongroom.evidence.RecordId;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes idempotency keys: ULIDs, which no two callers ever draw alike. */
final class IdempotencyKeys {
    private final InstantSource clock;
    private final RandomGenerator random;

    IdempotencyKeys(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new key. */
    String next() {
        byte[] drawn = new byte[RecordId.RANDOM_BYTES];
        random.nextBytes(drawn);
        return RecordId.of(clock.millis(), drawn).toString();
    }
}
