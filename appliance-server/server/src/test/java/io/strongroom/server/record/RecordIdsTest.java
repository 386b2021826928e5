package io.strongroom.server.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.RecordId;
import io.strongroom.server.keys.RandomBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordIdsTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final RecordIds ids =
            new RecordIds(() -> Instant.ofEpochMilli(now.get()), new RandomBytes(new SecureRandom()));

    @Test
    void ids_rise_within_a_millisecond() {
        RecordId before = ids.next();
        for (int i = 0; i < 1_000; i++) {
            RecordId id = ids.next();
            assertThat(id).isGreaterThan(before);
            assertThat(id.epochMillis()).isEqualTo(1_000_000);
            before = id;
        }
    }

    @Test
    void ids_follow_the_clock() {
        ids.next();
        now.set(1_000_005);

        assertThat(ids.next().epochMillis()).isEqualTo(1_000_005);
    }

    @Test
    void ids_stay_where_they_are_while_the_clock_is_behind() {
        RecordId before = ids.next();
        now.set(999_000);

        RecordId after = ids.next();
        assertThat(after).isGreaterThan(before);
        assertThat(after.epochMillis()).isEqualTo(1_000_000);
    }
}
