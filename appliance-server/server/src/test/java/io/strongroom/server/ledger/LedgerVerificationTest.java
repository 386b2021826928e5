package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.ledger.LedgerVerification.Failure;
import io.strongroom.server.ledger.LedgerVerification.Outcome;
import io.strongroom.server.ledger.LedgerVerification.What;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored bytes are read again, whatever memory says. */
final class LedgerVerificationTest {
    private static final int RECORDS = 1_000;

    @TempDir
    private Path folder;

    private JdbcDatabase database;
    private LedgerFixture fixture;
    private LedgerVerification verification;

    @BeforeEach
    void start() throws InterruptedException {
        database = TestDatabases.h2(folder);
        fixture = new LedgerFixture(database);
        for (int from = 0; from < RECORDS; from += 100) {
            fixture.append(IntStream.range(from, from + 100)
                    .mapToObj(i -> fixture.drafts.sequenced("app", i))
                    .toList());
        }
        assertThat(fixture.ledger
                        .checkpointer()
                        .await(RECORDS, Duration.ofSeconds(30))
                        .size())
                .isEqualTo(RECORDS);
        verification = new LedgerVerification(fixture.ledger.checkpointer()::log, fixture.ledger.tables());
    }

    @AfterEach
    void stop() {
        fixture.close();
        database.close();
    }

    private void change(String sql, Object... parameters) {
        int rows = database.owner(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
        assertThat(rows).isEqualTo(1);
    }

    /** Packs the block of bodies that begins with entry {@code first} anew, with another body for {@code seq}. */
    private void forge(long first, long seq, byte[] body) throws SQLException {
        try (BodyEncoder encoder = new BodyEncoder()) {
            BlockEncoder.Blocks store = (at, packed) ->
                    change("UPDATE ledger_body SET packed = ? WHERE first_seq = ?", packed.toBytes(), at);
            Map<Long, byte[]> bodies = new TreeMap<>();
            try (BodyDecoder decoder = new BodyDecoder()) {
                decoder.unpack(first, packed("ledger_body", first), any -> true, bodies::put);
            }
            bodies.put(seq, body);
            for (Map.Entry<Long, byte[]> one : bodies.entrySet()) {
                encoder.add(one.getKey(), one.getValue(), store);
            }
            encoder.flush(store);
        }
    }

    private byte[] packed(long first) {
        return packed("ledger_block", first);
    }

    private byte[] packed(String table, long first) {
        return database.owner(connection -> {
            try (var query = connection.prepareStatement("SELECT packed FROM " + table + " WHERE first_seq = ?")) {
                query.setLong(1, first);
                try (var rows = query.executeQuery()) {
                    rows.next();
                    return rows.getBytes(1);
                }
            }
        });
    }

    private Failure failure(long from, long to) {
        Failure failure = verification.verify(from, to).failure();
        assertThat(failure).isNotNull();
        return requireNonNull(failure);
    }

    @Test
    void whatWasNotTouchedVerifiesInWholeAndInPart() {
        assertThat(verification.verify(0, RECORDS))
                .isEqualTo(new Outcome(0, RECORDS, RECORDS, RECORDS, RECORDS, 0, null));
        assertThat(verification.verify(250, 260)).isEqualTo(new Outcome(250, 260, RECORDS, 10, 10, 0, null));
        assertThat(verification.verify(999, 1_000)).isEqualTo(new Outcome(999, 1_000, RECORDS, 1, 1, 0, null));
        assertThatThrownBy(() -> verification.verify(0, RECORDS + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneEntryIsReadFromTheMarksAroundItAndEachChangeBetweenThemIsFound() {
        byte[] packed = packed(0);
        EntryBlock block = EntryBlock.parse(0, packed);
        int digests = packed.length - block.count() * Digest.BYTES;

        for (long seq = 0; seq < block.count(); seq++) {
            long one = seq;
            assertThat(block.rows(any -> any == one))
                    .containsExactly(block.rows().get((int) seq));
        }
        packed[digests + 50 * Digest.BYTES] ^= 1;
        EntryBlock forged = EntryBlock.parse(0, packed);
        assertThat(forged.rows(seq -> seq == 47 || seq == 64)).hasSize(2);
        for (long near : new long[] {48, 50, 63}) {
            assertThatThrownBy(() -> forged.rows(seq -> seq == near))
                    .isInstanceOf(LedgerDamagedException.class)
                    .hasMessageContaining("48 to 63");
        }
        assertThatThrownBy(forged::rows).isInstanceOf(LedgerDamagedException.class);
    }

    @Test
    void aChangedMarkIsNamed() {
        byte[] packed = packed(0);
        // Behind the version, the count and the leaf before the first: the marks.
        packed[1 + 2 + Digest.BYTES + 3 * Digest.BYTES] ^= 1;
        change("UPDATE ledger_block SET packed = ? WHERE first_seq = 0", packed);

        Failure failure = failure(0, RECORDS);

        assertThat(failure.seq()).isEqualTo(63);
        assertThat(failure.what()).isEqualTo(What.ENTRY);
        assertThat(verification.verify(64, RECORDS).failure()).isNull();
    }

    @Test
    void aChangedBodyIsNamed() throws SQLException {
        forge(304, 317, "{\"forged\":true}".getBytes(StandardCharsets.UTF_8));

        Failure failure = failure(0, RECORDS);

        assertThat(failure.seq()).isEqualTo(317);
        assertThat(failure.what()).isEqualTo(What.BODY);
        assertThat(failure.expected())
                .isEqualTo(fixture.find(317).orElseThrow().entry().record().toString());
        assertThat(verification.verify(318, RECORDS).failure()).isNull();
    }

    @Test
    void aChangedEntryIsNamedThoughItsWholeBlockWasForged() {
        byte[] packed = packed(300);
        // The record digest of the block's fourth entry; 100 entries stood in the group.
        packed[packed.length - 100 * 32 + 3 * 32] ^= 1;
        change("UPDATE ledger_block SET packed = ? WHERE first_seq = 300", (Object) packed);

        Failure failure = failure(0, RECORDS);

        assertThat(failure.seq()).isEqualTo(303);
        assertThat(failure.what()).isEqualTo(What.ENTRY);
    }

    @Test
    void aBlockThatIsGoneOrNoneIsNamed() {
        byte[] packed = packed(300);
        change("DELETE FROM ledger_block WHERE first_seq = 300");
        assertThat(failure(0, RECORDS).seq()).isEqualTo(300);
        assertThat(failure(0, RECORDS).what()).isEqualTo(What.STORED);

        packed[0] = 9;
        change("INSERT INTO ledger_block (first_seq, tenant_id, packed) VALUES (300, 'acme', ?)", (Object) packed);
        assertThat(failure(300, 301).what()).isEqualTo(What.STORED);
    }

    @Test
    void aChangedTileDoesNotLeadToTheRoot() {
        fixture.close();
        byte[] tile = requireNonNull(fixture.world.objects().objects.get("log/tile/0/001"))
                .clone();
        tile[40] ^= 1;
        fixture = new LedgerFixture(database, fixture.world, LedgerFixture.SETTINGS);
        verification = new LedgerVerification(fixture.ledger.checkpointer()::log, fixture.ledger.tables());
        fixture.world.objects().objects.put("log/tile/0/001", tile);

        Failure failure = failure(256, 257);

        assertThat(failure.what()).isEqualTo(What.TREE);
    }

    @Test
    void anExpiredBodyIsNoFailure() {
        // The block of the entries 0 to 15.
        change("DELETE FROM ledger_body WHERE first_seq = 0");

        assertThat(verification.verify(0, 70)).isEqualTo(new Outcome(0, 70, RECORDS, 70, 54, 16, null));
    }
}
