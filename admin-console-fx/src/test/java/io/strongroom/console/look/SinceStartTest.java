package io.strongroom.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SinceStartTest {
    @Test
    void theKernelTellsWhenAProcessBeganWhateverItIsCalled() {
        String stat = "4711 (a (very) odd name) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 123456 0 0";
        assertThat(SinceStart.byTheKernel(stat, "1236.06 2000.00\n")).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void thisProcessBeganBeforeNow() {
        assertThat(SinceStart.now()).isPositive().isLessThan(Duration.ofDays(1));
    }
}
