package io.strongroom.server.ops;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether one part that requests need does its work. */
interface HealthCheck {
    /** The part's name, as the answer has it. */
    String part();

    /**
     * What is wrong in a few fixed words, which anyone may read; null if nothing is. May wait for the part; who asks
     * stops waiting.
     */
    @Nullable
    String fault() throws IOException, InterruptedException;
}
