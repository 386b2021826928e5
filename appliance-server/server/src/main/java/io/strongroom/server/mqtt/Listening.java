package io.strongroom.server.mqtt;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Has one connection's open commands looked for after each subscription, but never twice at once. */
final class Listening {
    private final Executor threads;
    private final AtomicInteger begun = new AtomicInteger();

    Listening(Executor threads) {
        this.threads = threads;
    }

    /** The device has begun to listen. */
    void begun(Runnable look) {
        if (begun.getAndIncrement() == 0) {
            threads.execute(() -> {
                int seen;
                do {
                    seen = begun.get();
                    try {
                        look.run();
                    } catch (RuntimeException e) {
                        // What could not be looked for is asked for by the next subscription, or by poll.
                        seen = begun.get();
                    }
                } while (begun.addAndGet(-seen) > 0);
            });
        }
    }
}
