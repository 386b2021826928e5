package io.strongroom.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Origin;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.privacy.FakeKeys;
import io.strongroom.server.problem.ProblemException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is promised of documents in quarantine, on either database. */
abstract class QuarantineContract {
    private static final Caller SENDER = new Caller("t1", "desk", "acme", Set.of(Scope.INGEST), Set.of("desk"));
    private static final byte[] DOCUMENT = "{\"tenantId\":\"other\",\"name\":\"jane.secret\"}".getBytes(UTF_8);

    private final FakeKeys keys = new FakeKeys();
    private final JdbcDatabase database;
    private final Quarantine quarantine;

    QuarantineContract(JdbcDatabase database) {
        this.database = database;
        this.quarantine = opened();
    }

    /** As the next process has it. */
    private Quarantine opened() {
        Installation installation = new Installation(
                "00112233445566778899aabbccddeeff",
                new Origin("vault.example/acme/00112233"),
                TestDatabases.TENANT,
                "vault.example",
                0);
        Quarantine opened = new Quarantine(
                database,
                keys,
                InstantSource.fixed(Instant.parse("2026-11-21T01:02:03.004Z")),
                new SecureRandom(),
                installation);
        opened.start();
        return opened;
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String kept(byte[] document) {
        return quarantine
                .keep(SENDER, ProblemType.TENANT_MISMATCH, "request-1", document)
                .replace("quarantine/", "");
    }

    private int update(String sql, Object... values) {
        return database.owner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    private String stored(String id) {
        return database.owner(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT document FROM quarantine WHERE id = ?")) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new String(row.getBytes(1), ISO_8859_1);
                }
            }
        });
    }

    @Test
    void aDocumentIsKeptEncryptedAndShownAsItCame() {
        String id = kept(DOCUMENT);

        assertThat(stored(id)).isNotEmpty().doesNotContain("jane.secret", "other");
        assertThat(quarantine.document(id)).hasValue(DOCUMENT);
        assertThat(quarantine.newest()).singleElement().satisfies(told -> {
            assertThat(told.id()).isEqualTo(id);
            assertThat(told.bytes()).isEqualTo(DOCUMENT.length);
            assertThat(told.requestId()).isEqualTo("request-1");
        });
        assertThat(quarantine.document("nothing")).isEmpty();
    }

    @Test
    void whatCannotBeToldIsNotDeleted() {
        String id = kept(DOCUMENT);
        assertThatThrownBy(() -> quarantine.forget(Long.MAX_VALUE, count -> {
                    throw new IllegalStateException("the ledger does not answer");
                }))
                .hasMessageContaining("the ledger does not answer");
        assertThat(quarantine.document(id)).isPresent();

        quarantine.forget(Long.MAX_VALUE, count -> assertThat(count).isEqualTo(1));

        assertThat(quarantine.document(id)).isEmpty();
    }

    @Test
    void theSameDocumentTwiceIsNotSeenToBeTheSame() {
        assertThat(stored(kept(DOCUMENT))).isNotEqualTo(stored(kept(DOCUMENT)));
    }

    @Test
    void whatIsPutUnderAnotherIdOrChangedOrWhoseKeyIsGoneDoesNotOpen() {
        String one = kept(DOCUMENT);
        String two = kept("another".getBytes(UTF_8));
        update(
                "UPDATE quarantine SET (generation, wrapped, document) ="
                        + " (SELECT generation, wrapped, document FROM quarantine WHERE id = ?) WHERE id = ?",
                one,
                two);
        assertThatThrownBy(() -> quarantine.document(two)).isInstanceOf(KeyUnavailableException.class);

        update("UPDATE quarantine SET document = ? WHERE id = ?", new byte[64], two);
        assertThatThrownBy(() -> quarantine.document(two)).isInstanceOf(KeyUnavailableException.class);

        keys.destroy();
        assertThatThrownBy(() -> quarantine.document(one)).isInstanceOf(KeyUnavailableException.class);
    }

    @Test
    void whatAnEarlierVersionKeptInClearIsEncryptedByTheNextStart() {
        String sealed = kept(DOCUMENT);
        String before = stored(sealed);
        for (String id : List.of("OLD1", "OLD2", "OLD3")) {
            update(
                    "INSERT INTO quarantine (tenant_id, id, received_at, caller, reason, request_id, document)"
                            + " VALUES ('acme', ?, 7, 't1', 'tenant-mismatch', 'request-0', ?)",
                    id,
                    (id + " jane.secret").getBytes(UTF_8));
        }
        assertThatThrownBy(() -> quarantine.document("OLD1"))
                .as("in clear nothing is given out")
                .isInstanceOf(KeyUnavailableException.class);
        String place = place();

        Quarantine next = opened();

        for (String id : List.of("OLD1", "OLD2", "OLD3")) {
            assertThat(stored(id)).doesNotContain("jane.secret");
            assertThat(next.document(id)).hasValue((id + " jane.secret").getBytes(UTF_8));
        }
        assertThat(next.newest())
                .filteredOn(told -> told.id().equals("OLD1"))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.bytes()).isEqualTo("OLD1 jane.secret".length());
                    assertThat(told.receivedAt()).isEqualTo(7);
                });
        assertThat(stored(sealed)).isEqualTo(before);
        assertWrittenAnew(place, place());
        String settled = place();
        assertThat(opened().document("OLD2")).isPresent();
        assertThat(place()).as("once").isEqualTo(settled);
    }

    /** Where the table's rows stand on the disk; the same where the database does not tell. */
    abstract String place();

    abstract void assertWrittenAnew(String before, String after);

    /** What a query of one value finds. */
    String value(String sql) {
        return database.owner(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    @Test
    void aDocumentThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> kept(new byte[1 << 20]))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.RECORD_TOO_LARGE));
        assertThat(quarantine.document(kept(new byte[(1 << 20) - 16]))).isPresent();
    }
}
