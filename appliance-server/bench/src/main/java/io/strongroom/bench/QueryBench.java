package io.strongroom.bench;

import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Ten typical questions, over HTTPS, beside hand-written SQL on a bare table with the indexes that it wants. */
final class QueryBench {
    private static final int WARM_UP = 50;
    private static final int SAMPLES = 200;

    private final Report report;
    private final long records;

    QueryBench(Report report, long records) {
        this.report = report;
        this.records = records;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        try (Stand stand = Stand.start(report);
                StrongroomClient client = stand.client()) {
            report.say("sending " + records + " records");
            Iterator<byte[]> sent;
            try (Load load = new Load(stand.appliance(), stand.token())) {
                load.sendAtLeast(records);
                sent = load.sent();
            }
            while (client.records().query(RecordQuery.ALL.limit(1)).watermark() < records) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            report.say("building the peer's table and its indexes");
            stand.peer().fill("peer_record", sent);
            try (Connection peer = stand.peer().connect()) {
                buildPeer(peer);
                QuerySample.Span span = span(peer);
                for (QuerySample sample : QuerySample.ALL) {
                    measure(sample, span, client, peer);
                }
            }
        }
    }

    private void measure(QuerySample sample, QuerySample.Span span, StrongroomClient client, Connection peer)
            throws SQLException {
        SplittableRandom random = new SplittableRandom(11);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < WARM_UP + SAMPLES; i++) {
            QuerySample.Asked asked = sample.ask().apply(random, span);
            double us = millis(() -> client.records().query(asked.ours()));
            double them = millis(() -> read(peer, asked.theirs()));
            if (i >= WARM_UP) {
                ours.add(us);
                theirs.add(them);
            }
        }
        report.add(Row.alone("query-" + sample.name() + "-p50", Percentiles.of(ours, 0.50), "ms"));
        report.add(new Row(
                "query-" + sample.name() + "-p95",
                Percentiles.of(ours, 0.95),
                "ms",
                "SQL, p95",
                Percentiles.of(theirs, 0.95),
                false));
        report.add(Row.alone("query-" + sample.name() + "-p99", Percentiles.of(ours, 0.99), "ms"));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private static double millis(Step step) throws SQLException {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void read(Connection peer, String where) throws SQLException {
        try (Statement statement = peer.createStatement();
                ResultSet rows = statement.executeQuery("SELECT seq, body FROM peer_timeline " + where)) {
            while (rows.next()) {
                rows.getBytes(2);
            }
        }
    }

    private static void buildPeer(Connection peer) throws SQLException {
        try (Statement statement = peer.createStatement()) {
            statement.execute("SET maintenance_work_mem = '512MB'");
            statement.execute("""
                    CREATE TABLE peer_timeline AS
                    SELECT seq, body, (extract(epoch FROM (j->>'occurredAt')::timestamptz) * 1000)::bigint AS occurred_at,
                           j->'actor'->>'id' AS actor, j->'resource'->>'id' AS resource, j->>'action' AS action,
                           j->>'outcome' AS outcome, j->>'stream' AS stream, j->'labels'->>'env' AS env,
                           j->'labels'->>'region' AS region, coalesce(j->'attributes'->>'note', '') AS note
                    FROM (SELECT seq, body, convert_from(body, 'UTF8')::json AS j FROM peer_record) bodies""");
            for (String columns : List.of(
                    "occurred_at, seq",
                    "actor, occurred_at, seq",
                    "action, occurred_at, seq",
                    "resource, occurred_at, seq",
                    "stream, occurred_at, seq",
                    "env, region, occurred_at, seq")) {
                statement.execute("CREATE INDEX ON peer_timeline (" + columns + ")");
            }
            statement.execute("CREATE INDEX ON peer_timeline USING gin (to_tsvector('simple', note))");
            statement.execute("ANALYZE peer_timeline");
        }
    }

    private static QuerySample.Span span(Connection peer) throws SQLException {
        try (Statement statement = peer.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT min(occurred_at), max(occurred_at) FROM peer_timeline WHERE stream LIKE 'audit.%'")) {
            row.next();
            return new QuerySample.Span(row.getLong(1), row.getLong(2));
        }
    }
}
