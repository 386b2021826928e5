package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.privacy.FakeKeys;
import io.strongroom.server.privacy.SubjectKeys;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection to PostgreSQL breaks where it hurts most. */
final class LostReplyTest {
    private static final Pattern PORT = Pattern.compile("(//[^:/]+:)(\\d+)(/)");
    private static final int ROUNDS = 10;

    private CuttingProxy proxy;
    private JdbcDatabase database;
    private LedgerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        Postgres direct = TestDatabases.freshPostgres();
        Matcher port = PORT.matcher(direct.url());
        assertThat(port.find()).isTrue();
        proxy = new CuttingProxy(Integer.parseInt(port.group(2)));
        database = JdbcDatabase.open(
                new Postgres(port.replaceFirst("$1" + proxy.port() + "$3"), direct.owner(), direct.appPassword()),
                TestDatabases.TENANT);
        fixture = new LedgerFixture(database);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        database.close();
        proxy.close();
    }

    private void appendThroughCuts(String tag, int records, boolean hiding) {
        FakeKeys keys = new FakeKeys();
        SubjectKeys subjects = new SubjectKeys(database, keys, keys);
        for (int round = 0; round < ROUNDS; round++) {
            int first = round * records;
            int end = first + records;
            proxy.arm(tag);
            List<AppendOutcome> outcomes = fixture.append(IntStream.range(first, end)
                    .mapToObj(i -> hiding
                            ? fixture.drafts.hiding("app", i, subjects.sealed("subject-" + i / 3))
                            : fixture.drafts.sequenced("app", i))
                    .toList());

            assertThat(outcomes).hasOnlyElementsOfType(AppendOutcome.Appended.class);
            assertThat(outcomes.stream()
                            .map(outcome -> LedgerFixture.receipt(outcome).seq()))
                    .containsExactlyElementsOf(
                            LongStream.range(first, end).boxed().toList());
        }
        assertThat(proxy.cuts()).isEqualTo(ROUNDS);
        assertThat(fixture.halted.get()).isNull();
        assertThat(LedgerFixture.stored(database, true))
                .hasSize(ROUNDS * records)
                .allMatch(row -> row.body() != null);
        assertThat(LedgerFixture.storedKeys(database))
                .hasSize(hiding ? (ROUNDS * records + 2) / 3 : 0)
                .isEqualTo(LedgerFixture.neededKeys(database));
    }

    @Test
    void aCommitWhoseReplyIsLostIsAcknowledgedOnce() {
        appendThroughCuts(CuttingProxy.REPLY_OF_COMMIT, 300, true);
    }

    @Test
    void aSmallGroupWhoseReplyIsLostIsAcknowledgedOnce() {
        appendThroughCuts(CuttingProxy.REPLY_OF_STATEMENT, 100, false);
    }

    @Test
    void aTransactionThatBreaksOffIsTriedAgain() {
        appendThroughCuts(CuttingProxy.REPLY_OF_COPY, 300, true);
    }
}
