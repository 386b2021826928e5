package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Classification;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.privacy.DisclosureOpener.Opened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database must hold to for the vault. */
abstract class DisclosureVaultContract {
    private static final RecordId ID = RecordId.of(1_795_000_000_000L, new byte[10]);
    private static final RecordId NEXT_DAY = RecordId.of(1_795_000_000_000L + 86_400_000, new byte[10]);
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    private final FakeKeys keys = new FakeKeys();
    private final Disclosure email = disclosure("email");
    private final Disclosure diagnosis = disclosure("diagnosis");

    @TempDir
    Path folder;

    private Database database;
    private DisclosureVault vault;

    /** A fresh database, for whoever wants a file of it in {@code folder}. */
    abstract Database database(Path folder);

    @BeforeEach
    void open() {
        database = database(folder);
        vault = vault(TestDatabases.TENANT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private DisclosureVault vault(TenantId tenant) {
        return new DisclosureVault(
                database,
                tenant,
                keys,
                keys,
                new SecureRandom(),
                InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")));
    }

    @Test
    void what_was_sealed_opens_again_after_a_restart() {
        List<SealedDisclosures> sealed = sealed("\"patient-1\"");

        assertThat(vault(TestDatabases.TENANT).open(ID, DIGEST, sealed))
                .containsExactlyInAnyOrder(
                        new Opened(email, Classification.CONFIDENTIAL),
                        new Opened(diagnosis, Classification.RESTRICTED));
    }

    @Test
    void a_ciphertext_opens_for_its_own_record_digest_tenant_and_class_only() {
        List<SealedDisclosures> sealed = sealed(null);
        SealedDisclosures restricted = sealed.getLast();
        SealedDisclosures relabelled =
                new SealedDisclosures("CONFIDENTIAL", restricted.dataKey(), restricted.ciphertext());
        byte[] changed = restricted.ciphertext().clone();
        changed[changed.length - 1] ^= 1;

        assertDamaged(vault, NEXT_DAY, DIGEST, sealed);
        assertDamaged(vault, ID, Digest.ZERO, sealed);
        assertDamaged(vault, ID, DIGEST, List.of(relabelled));
        assertDamaged(vault, ID, DIGEST, List.of(new SealedDisclosures("RESTRICTED", restricted.dataKey(), changed)));
        assertDamaged(
                vault, ID, DIGEST, List.of(new SealedDisclosures("RESTRICTED", restricted.dataKey(), new byte[20])));
        assertDamaged(vault(new TenantId("other")), ID, DIGEST, sealed);
    }

    private static void assertDamaged(
            DisclosureVault vault, RecordId id, Digest digest, List<SealedDisclosures> sealed) {
        assertThatThrownBy(() -> vault.open(id, digest, sealed)).isInstanceOf(DisclosureDamagedException.class);
    }

    @Test
    void a_line_is_kept_as_its_device_signed_it_in_little_more_room_than_its_record_does_not_tell() {
        byte[] body = ("{\"action\":\"Order.Placed\",\"attributes\":{\"note\":\"" + "a long story; ".repeat(40)
                        + "\"},\"salt\":\"one\"}")
                .getBytes(UTF_8);
        byte[] line = ("{\"attributes\" : {\"note\":\"" + "a long story; ".repeat(40)
                        + "\"}, \"action\":\"Order.Placed\", \"salt\":\"QUFBQUFBQUFBQUFBQUFBQQ\"}")
                .getBytes(UTF_8);

        Sealed kept = vault.sealLine(ID, DIGEST, null, body, line);
        store(kept);
        SealedDisclosures sealed = kept.disclosures().getFirst();

        assertThat(sealed.isLine()).isTrue();
        assertThat(sealed.ciphertext()).hasSizeLessThan(200);
        assertThat(vault.openLine(ID, DIGEST, body, sealed).map(bytes -> new String(bytes, UTF_8)))
                .contains(new String(line, UTF_8));
        assertThat(vault.open(ID, DIGEST, List.of(sealed))).isEmpty();
        assertThatThrownBy(() -> vault.openLine(ID, Digest.ZERO, body, sealed))
                .isInstanceOf(DisclosureDamagedException.class);
        assertThatThrownBy(() -> vault.openLine(ID, DIGEST, body, sealed(null).getFirst()))
                .isInstanceOf(DisclosureDamagedException.class);
    }

    @Test
    void a_subject_keeps_its_key_and_shares_it_with_nobody() {
        long patient = sealed("\"patient-1\"").getFirst().dataKey();

        assertThat(sealed("\"patient-1\"").getFirst().dataKey()).isEqualTo(patient);
        assertThat(vault(TestDatabases.TENANT)
                        .seal(NEXT_DAY, DIGEST, "\"patient-1\"", secrets(), new int[0])
                        .disclosures()
                        .getFirst()
                        .dataKey())
                .isEqualTo(patient);
        assertThat(sealed("\"patient-2\"").getFirst().dataKey()).isNotEqualTo(patient);
        assertThat(sealed(null).getFirst().dataKey()).isNotEqualTo(patient);
    }

    @Test
    void records_without_a_subject_share_the_key_of_their_day() {
        long today = sealed(null).getFirst().dataKey();

        assertThat(sealed(null).getFirst().dataKey()).isEqualTo(today);
        assertThat(vault.seal(NEXT_DAY, DIGEST, null, secrets(), new int[0])
                        .disclosures()
                        .getFirst()
                        .dataKey())
                .isNotEqualTo(today);
    }

    @Test
    void threads_that_meet_a_new_subject_at_once_agree_on_one_key() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Sealed>> all = threads.invokeAll(
                    Collections.nCopies(8, () -> vault.seal(ID, DIGEST, "\"patient-9\"", secrets(), new int[0])));

            Sealed first = all.getFirst().get();
            assertThat(first.newKey()).isNotNull();
            for (Future<Sealed> one : all) {
                assertThat(one.get().newKey()).isSameAs(first.newKey());
                assertThat(one.get().disclosures().getFirst().dataKey())
                        .isEqualTo(first.disclosures().getFirst().dataKey());
            }
        }
    }

    @Test
    void a_new_key_is_given_along_until_it_is_stored() {
        Sealed first = vault.seal(ID, DIGEST, "\"patient-1\"", secrets(), new int[0]);
        assertThat(vault.open(ID, DIGEST, first.disclosures())).isEmpty();
        store(first);

        Sealed second = vault.seal(ID, DIGEST, "\"patient-1\"", secrets(), new int[0]);

        assertThat(second.newKey()).isNull();
        assertThat(vault.open(ID, DIGEST, first.disclosures())).hasSize(2);
        assertThat(vault.open(ID, DIGEST, second.disclosures())).hasSize(2);
    }

    @Test
    void a_key_whose_record_was_never_committed_leaves_nothing() {
        long lost = vault.seal(ID, DIGEST, "\"patient-1\"", secrets(), new int[0])
                .disclosures()
                .getFirst()
                .dataKey();

        DisclosureVault restarted = vault(TestDatabases.TENANT);

        Sealed anew = restarted.seal(ID, DIGEST, "\"patient-1\"", secrets(), new int[0]);
        assertThat(anew.newKey()).isNotNull();
        assertThat(anew.disclosures().getFirst().dataKey()).isNotEqualTo(lost);
    }

    @Test
    void an_erased_key_opens_nothing_and_a_missing_kek_says_so() {
        List<SealedDisclosures> sealed = sealed("\"patient-1\"");
        keys.destroy();
        assertThatThrownBy(() -> vault(TestDatabases.TENANT).open(ID, DIGEST, sealed))
                .isInstanceOf(KeyUnavailableException.class);

        database.owner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM data_key");
            }
        });
        assertThat(vault(TestDatabases.TENANT).open(ID, DIGEST, sealed)).isEmpty();
    }

    @Test
    void a_wrapped_key_opens_in_its_own_row_only() {
        List<SealedDisclosures> sealed = sealed("\"patient-1\"");
        SealedDisclosures one = sealed.getFirst();
        SealedDisclosures moved = new SealedDisclosures(one.classification(), one.dataKey() ^ 1, one.ciphertext());

        change("UPDATE data_key SET id = " + moved.dataKey());
        assertThatThrownBy(() -> vault(TestDatabases.TENANT).open(ID, DIGEST, List.of(moved)))
                .isInstanceOf(KeyUnavailableException.class);

        change("UPDATE data_key SET id = " + one.dataKey());
        assertThat(vault(TestDatabases.TENANT).open(ID, DIGEST, sealed)).hasSize(2);
        byte[] others = keyNames().subject("\"patient-2\"").mac();
        database.owner(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE data_key SET name_mac = ?")) {
                update.setBytes(1, others);
                return update.executeUpdate();
            }
        });
        assertThatThrownBy(() -> vault(TestDatabases.TENANT).seal(ID, DIGEST, "\"patient-2\"", secrets(), new int[0]))
                .as("a subject given the key of another")
                .isInstanceOf(KeyUnavailableException.class);
    }

    private KeyNames keyNames() {
        return new KeyNames(keys.idempotencyKey(), TestDatabases.TENANT);
    }

    private void change(String sql) {
        database.owner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Test
    void the_table_tells_neither_subject_nor_key() {
        sealed("\"patient-1\"");

        String row = database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM data_key")) {
                assertThat(rows.next()).isTrue();
                StringBuilder all = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    byte[] bytes = rows.getBytes(i);
                    all.append(new String(bytes, StandardCharsets.ISO_8859_1));
                }
                return all.toString();
            }
        });
        assertThat(row).doesNotContain("patient");
    }

    private List<SealedDisclosures> sealed(@Nullable String subject) {
        Sealed sealed = vault.seal(ID, DIGEST, subject, secrets(), new int[0]);
        store(sealed);
        return sealed.disclosures();
    }

    /** As the ledger does with the record. */
    private void store(Sealed sealed) {
        NewDataKey key = sealed.newKey();
        if (key != null) {
            database.owner(connection -> {
                NewDataKey.insert(connection, TestDatabases.TENANT.value(), List.of(key));
                return true;
            });
            key.stored();
        }
    }

    private Map<Classification, List<Disclosure>> secrets() {
        return new TreeMap<>(Map.of(
                Classification.CONFIDENTIAL, List.of(email),
                Classification.RESTRICTED, List.of(diagnosis)));
    }

    private static Disclosure disclosure(String name) {
        byte[] document = ("{\"" + name + "\":\"x\"}").getBytes(StandardCharsets.UTF_8);
        return Commitments.withhold(document, List.of(JsonPointer.of(name)), new SecureRandom())
                .disclosures()
                .getFirst();
    }
}
