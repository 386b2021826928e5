package io.strongroom.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.ApplianceStorage.Part;
import io.strongroom.api.Scope;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    @TempDir
    private Path folder;

    @Test
    void theApplianceTellsWhatItKeepsAndHowMuchRoomThereIs() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"));
                StrongroomClient reader = appliance.client(appliance.token(Set.of(Scope.READ)))) {
            ApplianceStorage first = reader.ops().storage();
            assertThat(first.database().bytes()).isPositive();
            assertThat(first.database().parts()).as("H2 does not tell").isEmpty();
            assertThat(first.disk().freeBytes())
                    .isPositive()
                    .isLessThan(first.disk().totalBytes());
            assertThat(first.objects().store()).isEqualTo("folder");

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> reader.ops().storage().objects().counted().isPresent());

            ApplianceStorage.Counted counted =
                    reader.ops().storage().objects().counted().orElseThrow();
            assertThat(counted.objects()).as("checkpoints and tiles").isPositive();
            assertThat(counted.bytes()).isGreaterThan(counted.objects());
        }
    }

    @Test
    void postgresTellsWhatOfItIsForWhatAndThePartsAddUp() {
        try (JdbcDatabase database = TestDatabases.postgres()) {
            ApplianceStorage.Database sizes = DatabaseSizes.of(database);

            assertThat(sizes.parts())
                    .extracting(Part::kind)
                    .containsExactlyInAnyOrder("ledger", "disclosures", "search", "telemetry", "devices", "other");
            assertThat(sizes.parts())
                    .allSatisfy(part -> assertThat(part.bytes()).as(part.kind()).isPositive());
            assertThat(sizes.parts().stream().mapToLong(Part::bytes).sum()).isEqualTo(sizes.bytes());
        }
    }
}
