package io.strongroom.server.policy.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long now = Long.MAX_VALUE - 1_000;
    private long waited;

    private Pace pace(int perSecond) {
        return new Pace(perSecond, () -> now, nanos -> {
            waited += nanos;
            now += nanos;
        });
    }

    @Test
    void it_holds_to_the_rate_also_where_a_step_is_shorter_than_the_least_wait() {
        for (int rate : new int[] {1, 7, 200, 10_000, 1_000_000}) {
            long before = now;
            Pace pace = pace(rate);
            for (int i = 0; i < 2 * rate; i++) {
                pace.step();
            }
            assertThat(now - before)
                    .as("%d a second", rate)
                    .isCloseTo(TimeUnit.SECONDS.toNanos(2), within(TimeUnit.MILLISECONDS.toNanos(10)));
        }
    }

    @Test
    void what_was_missed_is_not_caught_up() {
        Pace pace = pace(100);
        pace.step();
        now += TimeUnit.SECONDS.toNanos(60);
        waited = 0;
        for (int i = 0; i < 100; i++) {
            pace.step();
        }
        assertThat(waited).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(990));
    }

    @Test
    void at_full_speed_nothing_is_waited_for() {
        Pace pace = pace(0);
        for (int i = 0; i < 1_000; i++) {
            pace.step();
        }
        assertThat(waited).isZero();
    }
}
