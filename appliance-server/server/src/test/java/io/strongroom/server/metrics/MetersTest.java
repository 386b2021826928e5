package io.strongroom.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetersTest {
    private enum Outcome {
        READY,
        GIVEN_UP
    }

    @Test
    void aScrapeIsPrometheusText() {
        Histogram seconds = new Histogram(0.5, 1);
        seconds.observe(0.5);
        seconds.observe(0.75);
        seconds.observe(20);
        Tally<Outcome> outcomes = new Tally<>(Outcome.class);
        outcomes.count(Outcome.GIVEN_UP);
        Meters meters = new Meters()
                .gauge("strongroom_size", "Entries.", 3)
                .counter("strongroom_ends", "Ends.", "outcome", outcomes.byLabel())
                .histogram("strongroom_seconds", "Times.", seconds);
        assertThat(new String(meters.text(), UTF_8)).isEqualTo("""
                        # HELP strongroom_ends_total Ends.
                        # TYPE strongroom_ends_total counter
                        strongroom_ends_total{outcome="given-up"} 1.0
                        strongroom_ends_total{outcome="ready"} 0.0
                        # HELP strongroom_seconds Times.
                        # TYPE strongroom_seconds histogram
                        strongroom_seconds_bucket{le="0.5"} 1
                        strongroom_seconds_bucket{le="1.0"} 2
                        strongroom_seconds_bucket{le="+Inf"} 3
                        strongroom_seconds_count 3
                        strongroom_seconds_sum 21.25
                        # HELP strongroom_size Entries.
                        # TYPE strongroom_size gauge
                        strongroom_size 3.0
                        """);
    }

    @Test
    void whatWasNeverCountedIsZeroAndNotMissing() {
        assertThat(new Tally<>(Outcome.class).byLabel()).isEqualTo(Map.of("ready", 0L, "given-up", 0L));
    }
}
