package io.strongroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long the distributed server takes to be ready, and what it holds when nobody asks it anything. */
final class StartBench {
    private static final int RUNS = 5;
    private static final int IDLE_SECONDS = 10;

    private final Report report;

    StartBench(Report report) {
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strongroom-bench");
        try {
            List<Double> seconds = new ArrayList<>();
            double idle = 0;
            report.say("starting the server " + RUNS + " times on one data directory; the first start makes it");
            for (int run = 0; run <= RUNS; run++) {
                try (Appliance appliance = Appliance.start(folder.resolve("data"), List.of())) {
                    if (run > 0) {
                        seconds.add(appliance.startTook().toMillis() / 1e3);
                    }
                    if (run == RUNS) {
                        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                        idle = appliance.residentMegabytes();
                    }
                }
            }
            report.add(Row.alone("start-p50", Percentiles.of(seconds, 0.5), "s"));
            report.add(Row.alone("start-max", Percentiles.of(seconds, 1), "s"));
            report.add(Row.alone("idle-memory", idle, "MB"));
        } finally {
            Stand.delete(folder);
        }
    }
}
