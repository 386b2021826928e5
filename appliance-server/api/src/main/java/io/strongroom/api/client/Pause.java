package io.strongroom.api.client;

import java.time.Duration;

/** Lets time go by; a test's own makes none. */
@FunctionalInterface
interface Pause {
    /** Blocks the calling thread for that long. */
    void sleep(Duration length) throws InterruptedException;
}
