package io.strongroom.bench;

import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many records a second are acknowledged, and what each of them costs. */
final class IngestBench {
    private static final int DOCUMENT_BYTES = 1_000;
    private static final int BATCH_LINES = 1_000;
    private static final int BATCH_SENDERS = 4;
    private static final int SINGLE_SENDERS = 64;
    private static final int DEVICES = 8;
    private static final int DEVICE_LINES = 500;
    private static final int PEER_CONNECTIONS = 16;
    private static final int PEER_DOCUMENTS = 20_000;

    /**
     * Until PostgreSQL writes its log into files that are there: the first few gigabytes of it make new ones, each filled
     * with zeros and synchronised first, and rows go in at half the rate. What is measured of ours comes after that too.
     */
    private static final Duration PEER_WARM_UP = Duration.ofSeconds(30);

    private final Report report;
    private final WarmUp warmUp;
    private final int seconds;

    IngestBench(Report report, WarmUp warmUp, int seconds) {
        this.report = report;
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    /** @param only {@code batch}, {@code single} or {@code device}; null for all */
    void run(@Nullable String only)
            throws IOException, SQLException, InterruptedException, ExecutionException, GeneralSecurityException {
        try (Stand stand = Stand.start(report)) {
            double copy = "single".equals(only) ? 0 : copyPeer(stand);
            if (only == null || only.equals("batch")) {
                batches(stand, copy);
            }
            if (only == null || only.equals("single")) {
                singles(stand);
            }
            if (only == null || only.equals("device")) {
                devices(stand, copy);
            }
        }
    }

    private void batches(Stand stand, double peer)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Provable provable = new Provable(stand.appliance(), stand.token());
        Thread probe = Thread.ofPlatform().name("provable").start(provable);
        report.say("sending batches of " + BATCH_LINES + " for " + seconds + " s");
        long before = ledgerBytes(stand);
        long sizeBefore = stand.client().ledger().checkpoint().size();
        double rate;
        double cpu;
        try (Load load = new Load(stand.appliance(), stand.token())) {
            load.sendBatches(0, BATCH_SENDERS, BATCH_LINES, DOCUMENT_BYTES);
            warmUp.of(load::runFor, stand.appliance().pid());
            long first = load.acknowledged();
            double cpuFirst = stand.appliance().processorTime().all();
            long start = System.nanoTime();
            load.runFor(seconds);
            long records = load.acknowledged() - first;
            rate = records / ((System.nanoTime() - start) / 1e9);
            cpu = (stand.appliance().processorTime().all() - cpuFirst) / records * 100_000;
            load.stop();
        }
        double lag = projectorLagSeconds(stand);
        provable.stop();
        probe.join();
        report.add(new Row("ingest-batch", rate, "records/s", "COPY", peer, true));
        report.add(Row.alone("projector-lag", lag, "s"));
        report.add(Row.alone("provable-p99", provable.p99(), "s"));
        report.add(Row.alone("cpu-per-100k", cpu, "s"));
        long size = stand.client().ledger().checkpoint().size();
        report.add(
                Row.alone("bytes-per-record", (ledgerBytes(stand) - before) / (double) (size - sizeBefore), "bytes"));
    }

    private double copyPeer(Stand stand) throws SQLException, IOException {
        report.say("measuring the peer: COPY of the same documents");
        Documents documents = new Documents(0, Stand.SOURCE, DOCUMENT_BYTES, System.currentTimeMillis());
        byte[][] rows = new byte[PEER_DOCUMENTS][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = documents.next();
        }
        stand.peer().copyIn(rows, PEER_WARM_UP);
        return stand.peer().copyIn(rows, Duration.ofSeconds(Math.max(5, seconds / 4)));
    }

    private void devices(Stand stand, double peer)
            throws IOException, SQLException, InterruptedException, ExecutionException, GeneralSecurityException {
        report.say("enrolling " + DEVICES + " devices, which send signed batches of " + DEVICE_LINES + " for " + seconds
                + " s");
        List<BenchDevice> devices = new ArrayList<>();
        try (Load load = new Load(stand.appliance(), stand.token())) {
            for (int i = 0; i < DEVICES; i++) {
                devices.add(stand.device(DEVICE_LINES, DOCUMENT_BYTES));
            }
            load.sendDeviceBatches(devices);
            warmUp.of(load::runFor, stand.appliance().pid());
            long first = load.acknowledged();
            double cpuFirst = stand.appliance().processorTime().all();
            long start = System.nanoTime();
            load.runFor(seconds);
            long records = load.acknowledged() - first;
            double rate = records / ((System.nanoTime() - start) / 1e9);
            double cpu = (stand.appliance().processorTime().all() - cpuFirst) / records * 100_000;
            load.stop();
            double lag = telemetryLagSeconds(stand);
            report.add(new Row("ingest-device", rate, "records/s", "COPY", peer, true));
            report.add(Row.alone("cpu-per-100k-device", cpu, "s"));
            report.add(Row.alone("telemetry-lag", lag, "s"));
        }
    }

    private void singles(Stand stand) throws IOException, SQLException, InterruptedException, ExecutionException {
        report.say("measuring the peer: pgbench, " + PEER_CONNECTIONS + " connections");
        stand.peer().execute("CREATE TABLE peer_single (seq bigint NOT NULL, body bytea NOT NULL)");
        byte[] document = new Documents(0, Stand.SOURCE, DOCUMENT_BYTES, System.currentTimeMillis()).next();
        Postgres database = stand.peerDatabase();
        Optional<Double> peer =
                Pgbench.inserts(database, stand.folder(), document, PEER_CONNECTIONS, Math.max(5, seconds / 4));
        stand.peer().execute("DROP TABLE peer_single");
        if (peer.isEmpty()) {
            report.say("this machine has no pgbench (Debian: postgresql-contrib); ingest-single stands alone");
        }
        report.say("sending single records over " + SINGLE_SENDERS + " connections for " + seconds + " s");
        try (Load load = new Load(stand.appliance(), stand.token())) {
            load.sendSingles(BATCH_SENDERS, SINGLE_SENDERS, DOCUMENT_BYTES);
            warmUp.of(load::runFor, stand.appliance().pid());
            long first = load.acknowledged();
            long start = System.nanoTime();
            load.runFor(seconds);
            double rate = (load.acknowledged() - first) / ((System.nanoTime() - start) / 1e9);
            load.stop();
            report.add(new Row("ingest-single", rate, "records/s", "pgbench", peer.orElse(null), true));
        }
    }

    /** What the ledger adds to the bodies: entry blocks with their indexes, head, checkpoints, and the hash tiles. */
    private static long ledgerBytes(Stand stand) throws SQLException, IOException {
        long tables = 0;
        try (Connection connection = stand.connectOurs();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c
                        WHERE c.relkind = 'r' AND c.relname LIKE 'ledger\\_%'
                          AND c.relname NOT LIKE 'ledger\\_body%' AND c.relname NOT LIKE 'ledger\\_key%'
                          AND c.relname NOT LIKE 'ledger\\_disclosure%'""")) {
            if (rows.next()) {
                tables = rows.getLong(1);
            }
        }
        Path objects = stand.data().resolve("objects").resolve("log").resolve("tile");
        return tables + (objects.toFile().exists() ? Stand.bytesUnder(objects) : 0);
    }

    /** How far the read models are behind right after the load, in seconds until they have caught up. */
    private static double projectorLagSeconds(Stand stand) throws InterruptedException {
        long start = System.nanoTime();
        try (StrongroomClient client = stand.client()) {
            long size = client.ledger().checkpoint().size();
            while (true) {
                if (client.records().query(RecordQuery.ALL.limit(1)).watermark() >= size) {
                    return (System.nanoTime() - start) / 1e9;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** The same of the read models of telemetry, which follow what devices send. */
    private static double telemetryLagSeconds(Stand stand) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        try (StrongroomClient client = stand.client();
                Connection connection = stand.connectOurs();
                Statement statement = connection.createStatement()) {
            long size = client.ledger().checkpoint().size();
            while (true) {
                try (ResultSet row = statement.executeQuery("SELECT next_seq FROM strongroom.telemetry_state")) {
                    if (row.next() && row.getLong(1) >= size) {
                        return (System.nanoTime() - start) / 1e9;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
