package io.strongroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapCauseTest {
    @Test
    void theNamesAreThoseOfTheFormat() {
        assertThat(Arrays.stream(GapCause.values()).map(GapCause::wire))
                .containsExactly(
                        "evicted",
                        "downsampled",
                        "aged",
                        "damaged",
                        "queue-lost",
                        "queue-restored",
                        "conflict",
                        "rotated");
        assertThat(GapCause.ofWire("queue-lost")).contains(GapCause.QUEUE_LOST);
        assertThat(GapCause.ofWire("QUEUE_LOST")).isEmpty();
    }
}
