package io.strongroom.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Lets a load run until what it meets is steady: until Java has nearly stopped compiling, in the appliance and in the
 * load generator, which share the processors with all that is measured. A server that runs for months compiles in its
 * first minutes only.
 */
final class WarmUp {
    /** Of the processor time of these processes. */
    private static final double STEADY = 0.05;

    private static final int STEP_SECONDS = 10;

    private final Report report;
    private final int atMostSeconds;

    /** @param atMostSeconds after which it is measured as it is; 0 for at once */
    WarmUp(Report report, int atMostSeconds) {
        this.report = report;
        this.atMostSeconds = atMostSeconds;
    }

    /** @param servers their process ids; of other programs than Java, none need be named */
    void of(Running load, long... servers) throws IOException, InterruptedException, ExecutionException {
        double compiling = 1;
        int took = 0;
        ProcessorTime before = ofAll(servers);
        while (compiling > STEADY && took < atMostSeconds) {
            int step = Math.min(STEP_SECONDS, atMostSeconds - took);
            load.runFor(step);
            took += step;
            ProcessorTime now = ofAll(servers);
            compiling = now.since(before).compiling();
            before = now;
        }
        report.say(String.format(
                Locale.ROOT,
                "%s after %d s of warm-up: Java's compilers take %.0f %%",
                compiling > STEADY ? "not steady" : "steady",
                took,
                compiling * 100));
    }

    private static ProcessorTime ofAll(long... servers) throws IOException {
        ProcessorTime sum = ProcessorTime.of(ProcessHandle.current().pid());
        for (long server : servers) {
            sum = sum.plus(ProcessorTime.of(server));
        }
        return sum;
    }

    /** A load that is on. */
    @FunctionalInterface
    interface Running {
        /** Lets it run; ends early, with the reason, if a part of it fails. */
        void runFor(int seconds) throws InterruptedException, ExecutionException;
    }
}
