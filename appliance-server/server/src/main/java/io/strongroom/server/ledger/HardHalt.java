package io.strongroom.server.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process at once. Nothing is tidied up: what is on disk is what counts, and the next start reads that. */
final class HardHalt implements ProcessHalt {
    private static final Logger log = LoggerFactory.getLogger(HardHalt.class);

    /** BSD's EX_SOFTWARE: a supervisor may start the process again. */
    private static final int EXIT_CODE = 70;

    @Override
    public void halt(String sentence, @Nullable Throwable cause) {
        log.error("the process ends: {}. What was acknowledged is safe; start it again", sentence, cause);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
