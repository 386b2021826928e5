package io.strongroom.bench;

import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** How long the proof of one record takes, over HTTPS. */
final class ProofBench {
    private static final int WARM_UP = 300;
    private static final int SAMPLES = 2_000;

    private final Report report;
    private final long records;

    ProofBench(Report report, long records) {
        this.report = report;
        this.records = records;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        try (Stand stand = Stand.start(report);
                StrongroomClient client = stand.client()) {
            report.say("sending " + records + " records");
            try (Load load = new Load(stand.appliance(), stand.token())) {
                load.sendAtLeast(records);
            }
            client.ledger().awaitCheckpoint(records, Duration.ofSeconds(30));
            List<String> ids = someIds(client);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WARM_UP + SAMPLES; i++) {
                long start = System.nanoTime();
                client.ledger().proof(ids.get(i % ids.size()));
                if (i >= WARM_UP) {
                    millis.add((System.nanoTime() - start) / 1e6);
                }
            }
            report.add(Row.alone("proof-p50", Percentiles.of(millis, 0.50), "ms"));
            report.add(Row.alone("proof-p99", Percentiles.of(millis, 0.99), "ms"));
        }
    }

    /** Ids from all over the ledger, once the read models have caught up. */
    private List<String> someIds(StrongroomClient client) throws InterruptedException {
        while (client.records().query(RecordQuery.ALL.limit(1)).watermark() < records) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        List<String> ids = new ArrayList<>();
        RecordQuery query = RecordQuery.ALL.limit(500);
        for (int page = 0; page < 4; page++) {
            var answer = client.records().query(query);
            answer.items().forEach(item -> ids.add(item.recordId()));
            String next = answer.nextCursor();
            if (next == null) {
                break;
            }
            query = RecordQuery.ALL.limit(500).cursor(next);
        }
        return ids;
    }
}
