package io.strongroom.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each end of a connection is counted; the log tells why, as far as strangers cannot fill it. */
final class EndingsTest {
    private final List<Ending> counted = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Endings endings = new Endings(counted::add, log::add, now::get);

    @Test
    void strangersNeitherFillTheLogNorKeepDevicesOutOfIt() {
        for (int i = 0; i < 1_000; i++) {
            endings.note(Ending.HANDSHAKE, Optional.empty());
        }
        endings.note(Ending.PATIENCE, Optional.of("dev-a"));
        assertThat(counted).hasSize(1_001);
        assertThat(log).hasSize(Endings.MOST_LINES + 1);
        assertThat(log.getFirst()).contains("not let in", Ending.HANDSHAKE.text());
        assertThat(log.getLast()).contains("dev-a", Ending.PATIENCE.text());
    }

    @Test
    void whatWasLeftOutIsToldWithTheNext() {
        for (int i = 0; i < Endings.MOST_LINES + 7; i++) {
            endings.note(Ending.LEFT, Optional.of("dev-a"));
        }
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        endings.note(Ending.IDLE, Optional.of("dev-a"));
        endings.note(Ending.IDLE, Optional.of("dev-a"));
        assertThat(log.get(Endings.MOST_LINES)).endsWith("(7 more before it)");
        assertThat(log.getLast()).endsWith(Ending.IDLE.text());
    }

    @Test
    void whoSaysThatItGoesIsCountedAlone() {
        endings.note(Ending.DISCONNECTED, Optional.of("dev-a"));
        assertThat(counted).containsExactly(Ending.DISCONNECTED);
        assertThat(log).isEmpty();
    }
}
