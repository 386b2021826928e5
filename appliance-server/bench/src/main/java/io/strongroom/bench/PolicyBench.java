package io.strongroom.bench;

import io.strongroom.api.Scope;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.policies.bundle.OwnBundles;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * What policy costs at intake: batches to an appliance under the default bundle, which keeps three fields of each
 * document apart and lets detectors look at the rest, beside batches to one that has no bundle of its own. Both stand on
 * the same PostgreSQL and are measured in turns, so that what else the machine does falls on both.
 */
final class PolicyBench {
    private static final String BUNDLE = "default";
    private static final int DOCUMENT_BYTES = 1_000;
    private static final int BATCH_LINES = 1_000;
    private static final int SENDERS = 4;

    /** Of each appliance; an even number, so that each is as often the first of a pair. */
    private static final int WINDOWS = 8;

    private final Report report;
    private final WarmUp warmUp;
    private final int seconds;

    /** @param seconds measured of each appliance, at least {@link #WINDOWS} */
    PolicyBench(Report report, WarmUp warmUp, int seconds) {
        this.report = report;
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        try (Stand stand = Stand.start(report)) {
            Appliance plain = stand.another("plain");
            report.say("bringing the default bundle into force, as two officers do");
            new BundleInForce(stand.appliance(), stand.data(), stand.folder().resolve("policy"))
                    .activate(stand.administrator(), OwnBundles.files(BUNDLE));
            Side with = new Side(stand.appliance(), stand.administrator());
            Side without = of(plain);
            report.say("sending batches of " + BATCH_LINES + " to both in turns, for " + seconds + " s each");
            with.warm(warmUp);
            without.warm(warmUp);
            int window = Math.max(1, seconds / WINDOWS);
            for (int i = 0; i < WINDOWS; i++) {
                Side first = i % 2 == 0 ? with : without;
                Side then = i % 2 == 0 ? without : with;
                first.window(window);
                then.window(window);
            }
            report.add(new Row("ingest-with-policy", with.rate(), "records/s", "no policy", without.rate(), true));
            report.add(Row.alone("cpu-per-100k-with-policy", with.cpuPer100k(), "s"));
            report.add(Row.alone("cpu-per-100k-without", without.cpuPer100k(), "s"));
        }
    }

    private static Side of(Appliance plain) {
        try (StrongroomClient administrator = plain.administrator()) {
            return new Side(plain, administrator);
        }
    }

    /** One of the two appliances, and what was measured of it. */
    private static final class Side {
        private final Appliance appliance;
        private final String token;
        private int nextSource;
        private long records;
        private double took;
        private double cpu;

        /** A token without any role, so that no quota of the bundle holds it. */
        private Side(Appliance appliance, StrongroomClient administrator) {
            this.appliance = appliance;
            this.token = String.valueOf(administrator
                    .tokens()
                    .create(new TokenRequest(
                            "policy",
                            Set.of(Scope.INGEST),
                            IntStream.range(0, (WINDOWS + 1) * SENDERS)
                                    .mapToObj(i -> Stand.SOURCE + "-" + i)
                                    .toList(),
                            1))
                    .token());
        }

        private void warm(WarmUp warmUp) throws IOException, InterruptedException, ExecutionException {
            try (Load load = started()) {
                warmUp.of(load::runFor, appliance.pid());
                load.stop();
            }
        }

        private Load started() {
            Load load = new Load(appliance, token);
            load.sendBatches(nextSource, SENDERS, BATCH_LINES, DOCUMENT_BYTES);
            nextSource += SENDERS;
            return load;
        }

        private void window(int seconds) throws IOException, InterruptedException, ExecutionException {
            try (Load load = started()) {
                // Connections and the first batches of each window are not what is measured.
                load.runFor(1);
                long first = load.acknowledged();
                double cpuFirst = appliance.processorTime().all();
                long start = System.nanoTime();
                load.runFor(seconds);
                took += (System.nanoTime() - start) / 1e9;
                records += load.acknowledged() - first;
                cpu += appliance.processorTime().all() - cpuFirst;
                load.stop();
            }
        }

        private double rate() {
            return records / took;
        }

        private double cpuPer100k() {
            return cpu / records * 100_000;
        }
    }
}
