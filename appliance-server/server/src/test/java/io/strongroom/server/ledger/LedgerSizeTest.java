package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the ledger itself costs beside the records' bodies, under load in batches. */
final class LedgerSizeTest {
    private static final int RECORDS = 51_200;
    private static final int MAX_BYTES = 128;

    @Test
    void entriesTheirIndexAndTheirTilesTakeAtMost128BytesARecord() throws InterruptedException {
        try (JdbcDatabase database = TestDatabases.postgres();
                LedgerFixture fixture = new LedgerFixture(database)) {
            List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
            for (int from = 0; from < RECORDS; from += 1_024) {
                List<Draft> batch = new ArrayList<>();
                for (int i = from; i < from + 1_024; i++) {
                    batch.add(fixture.drafts.draft(
                            "audit.orders",
                            "order-service-" + i % 20,
                            (long) i,
                            "audit-7y",
                            Drafts.key("order-service-" + i % 20, i, "document"),
                            List.of(),
                            "x".repeat(900)));
                }
                answers.addAll(fixture.ledger.sequencer().append(batch));
                if (answers.size() > 16_384) {
                    answers.forEach(CompletableFuture::join);
                    answers.clear();
                }
            }
            answers.forEach(CompletableFuture::join);
            fixture.ledger.checkpointer().await(RECORDS, Duration.ofSeconds(30));

            long tables = database.owner(connection -> {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT pg_total_relation_size('ledger_block')"
                                + " + pg_total_relation_size('ledger_head')"
                                + " + pg_total_relation_size('ledger_checkpoint')"
                                + " + pg_total_relation_size('ledger_chain_state')")) {
                    rows.next();
                    return rows.getLong(1);
                }
            });
            long tiles = fixture.world.objects().under("log/tile/").values().stream()
                    .mapToLong(tile -> tile.length)
                    .sum();

            assertThat((tables + tiles) / RECORDS).isLessThanOrEqualTo(MAX_BYTES);
        }
    }
}
