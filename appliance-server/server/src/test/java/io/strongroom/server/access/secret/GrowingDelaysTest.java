package io.strongroom.server.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GrowingDelaysTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final GrowingDelays delays = new GrowingDelays(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void fail(String key, int times) {
        for (int i = 0; i < times; i++) {
            Duration wait = delays.begin(key);
            pass(wait);
            if (!wait.isZero()) {
                assertThat(delays.begin(key)).isZero();
            }
        }
    }

    @Test
    void fiveTriesAreFreeAndThenEachWaitsTwiceAsLong() {
        fail("a", 5);
        assertThat(delays.begin("a")).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(delays.begin("a")).isZero();
        assertThat(delays.begin("a")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theLongestWaitIsAQuarterOfAnHour() {
        fail("a", 30);
        assertThat(delays.begin("a")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void askingWhileOneWaitsMakesItNoLonger() {
        fail("a", 5);
        for (int i = 0; i < 100; i++) {
            assertThat(delays.begin("a")).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void nobodyElseWaits() {
        fail("ann 192.0.2.1", 20);
        assertThat(delays.begin("ann 192.0.2.2")).isZero();
        assertThat(delays.begin("bob 192.0.2.1")).isZero();
    }

    @Test
    void successForgets() {
        fail("a", 5);
        delays.succeeded("a");
        assertThat(delays.begin("a")).isZero();
    }

    @Test
    void anHourForgets() {
        fail("a", 20);
        pass(Duration.ofHours(1).plusNanos(1));
        fail("a", 4);
        assertThat(delays.begin("a")).isZero();
    }

    @Test
    void anHourLessAMomentForgetsNothing() {
        fail("a", 20);
        pass(Duration.ofHours(1));
        assertThat(delays.begin("a")).isZero();
        assertThat(delays.begin("a")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void inventedNamesPushOutOnlyTheOldest() {
        fail("a", 5);
        for (int i = 0; i < 9_999; i++) {
            assertThat(delays.begin("invented " + i)).isZero();
        }
        assertThat(delays.begin("a")).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 10_000; i++) {
            assertThat(delays.begin("another " + i)).isZero();
        }
        assertThat(delays.begin("a")).as("no more than so many are remembered").isZero();
    }
}
