package io.strongroom.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EveryTest {
    /** Stands for the UI thread: this test's own thread runs what comes. */
    private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

    private int asked;

    private void runUi() throws InterruptedException {
        Runnable next = ui.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }

    @Test
    void itIsDoneAgainAndAgainUntilItIsStopped() throws InterruptedException {
        Every every = new Every(new Background(ui::add), Duration.ofMillis(1), () -> asked++);
        every.start();
        runUi();
        runUi();
        assertThat(asked).isEqualTo(2);
        // What was on its way when it was stopped comes to nothing.
        Runnable late = ui.poll(10, TimeUnit.SECONDS);
        every.stop();
        assertThat(late).isNotNull();
        late.run();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whoAsksInBetweenPutsTheNextTimeOff() throws InterruptedException {
        Every every = new Every(new Background(ui::add), Duration.ofMillis(1), () -> asked++);
        every.start();
        Runnable early = ui.poll(10, TimeUnit.SECONDS);
        assertThat(early).isNotNull();
        every.start();
        early.run();
        assertThat(asked).isZero();
        runUi();
        assertThat(asked).isEqualTo(1);
    }
}
