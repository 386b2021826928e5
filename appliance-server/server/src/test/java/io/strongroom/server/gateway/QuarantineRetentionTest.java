package io.strongroom.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ProblemType;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerReader;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineRetentionTest {
    private static final Caller SENDER = new Caller("t1", "desk", "acme", Set.of(Scope.INGEST), Set.of("desk"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void aDocumentWhoseTimeIsOverIsDeletedAndThatIsRecorded(String engine) {
        List<String> options = new ArrayList<>(List.of("--set", "quarantine.days=3"));
        if (engine.equals("postgres")) {
            options.add("--postgres");
        }
        try (ApplianceFixture appliance =
                ApplianceFixture.start(folder.resolve(engine), options.toArray(String[]::new))) {
            Quarantine quarantine = bean(appliance, Quarantine.class);
            String old = kept(appliance, Duration.ofDays(3).plusSeconds(1));
            String young = kept(appliance, Duration.ofDays(3).minusMinutes(1));

            bean(appliance, QuarantineRetention.class).forget();
            bean(appliance, QuarantineRetention.class).forget();

            assertThat(quarantine.document(old)).isEmpty();
            assertThat(quarantine.document(young)).isPresent();
            assertThat(expired(appliance)).singleElement().asString().contains("\"count\":1");
        }
    }

    @Test
    void whereNoTimeIsSetADocumentStays() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            String old = kept(appliance, Duration.ofDays(4_000));

            bean(appliance, QuarantineRetention.class).forget();

            assertThat(bean(appliance, Quarantine.class).document(old)).isPresent();
            assertThat(expired(appliance)).isEmpty();
        }
    }

    private static <T> T bean(ApplianceFixture appliance, Class<T> type) {
        return appliance.appliance().context().getBean(type);
    }

    /** Keeps a document as if it had come some time ago. */
    private static String kept(ApplianceFixture appliance, Duration ago) {
        String id = bean(appliance, Quarantine.class)
                .keep(SENDER, ProblemType.TENANT_MISMATCH, "request", "{}".getBytes(UTF_8))
                .replace("quarantine/", "");
        bean(appliance, Database.class).owner(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE quarantine SET received_at = received_at - ? WHERE id = ?")) {
                update.setLong(1, ago.toMillis());
                update.setString(2, id);
                return update.executeUpdate();
            }
        });
        return id;
    }

    private static List<String> expired(ApplianceFixture appliance) {
        LedgerReader ledger = bean(appliance, LedgerReader.class);
        List<String> found = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            String body = new String(requireNonNull(row.body()), UTF_8);
            if (body.contains("\"action\":\"Quarantine.Expired\"")) {
                found.add(body);
            }
            return true;
        });
        return found;
    }
}
