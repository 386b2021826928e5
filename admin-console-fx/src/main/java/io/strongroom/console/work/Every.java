package io.strongroom.console.work;

import java.time.Duration;

/** Does something again and again, a pause between, as a screen asks for what is new while it is shown. For the UI thread alone. */
public final class Every {
    private final Latest waiting;
    private final Duration pause;
    private final Runnable ask;

    public Every(Background background, Duration pause, Runnable ask) {
        this.waiting = background.latest();
        this.pause = pause;
        this.ask = ask;
    }

    /** The next time is a pause from now, whenever it would have been. */
    public void start() {
        waiting.start(
                progress -> {
                    Thread.sleep(pause);
                    return pause;
                },
                new Answer<Duration>() {
                    @Override
                    public void done(Duration waited) {
                        start();
                        ask.run();
                    }

                    @Override
                    public void failed(Exception why) {
                        // The program ends: nobody waits any more.
                    }
                });
    }

    public void stop() {
        waiting.cancel();
    }
}
