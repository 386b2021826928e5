package io.strongroom.server.ops;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether one part that requests need does its work.
 *
 * @param part the part's name, as the answer has it
 * @param probe asks the part
 */
record HealthCheck(String part, Probe probe) {

    /** Asks one part. */
    @FunctionalInterface
    interface Probe {
        /**
         * What is wrong in a few fixed words, which anyone may read; null if nothing is. May wait for the part; who asks
         * stops waiting.
         */
        @Nullable
        String fault() throws IOException, InterruptedException;
    }
}
