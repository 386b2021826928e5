package io.strongroom.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.ApplianceStorage.Part;
import io.strongroom.api.Scope;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.objects.FolderObjectStore;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

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
            assertThat(first.objects().disk()).as("on the same").isEmpty();
            assertThat(first.database().disk()).as("on the same").isEmpty();
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
    void aDatabaseAndAnObjectStoreOnDisksOfTheirOwnHaveTheirRoomToldToo(
            @TempDir Path shared, @TempDir(factory = InMemory.class) Path other) throws IOException {
        assumeTrue(!Files.getFileStore(other).equals(Files.getFileStore(folder)), "no other file system to write to");
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"));
                JdbcDatabase database = TestDatabases.h2(shared)) {
            Path postgres = Files.createDirectory(data.root().resolve("postgres"));
            Files.createSymbolicLink(postgres.resolve("data"), other);
            ApplianceStorage ours = storage(data, database, Map.of(Setting.DATABASE_BUNDLED, "true"));
            assertThat(ours.database().disk()).hasValueSatisfying(StorageTest::hasRoom);
            assertThat(ours.objects().disk()).isEmpty();

            Files.move(data.root().resolve("objects"), folder.resolve("before"));
            Files.createSymbolicLink(data.root().resolve("objects"), other);
            ApplianceStorage elsewhere =
                    storage(data, database, Map.of(Setting.DATABASE_URL, "jdbc:postgresql://db/strongroom"));
            assertThat(elsewhere.database().disk()).isEmpty();
            assertThat(elsewhere.objects().disk()).hasValueSatisfying(StorageTest::hasRoom);
            assertThat(ApplianceStorage.fromJson(elsewhere.toJson())).isEqualTo(elsewhere);
            assertThat(ApplianceStorage.fromJson(ours.toJson())).isEqualTo(ours);
        }
    }

    private static ApplianceStorage storage(DataDirectory data, JdbcDatabase database, Map<Setting, String> settings)
            throws IOException {
        return new StorageFigures(
                        database,
                        new FolderObjectStore(data.folder("objects")),
                        new Settings(settings),
                        data,
                        Clock.systemUTC())
                .newest();
    }

    /** On a file system of its own wherever there is Linux. */
    static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isDirectory(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "strongroom-")
                    : Files.createTempDirectory("strongroom-");
        }
    }

    private static void hasRoom(ApplianceStorage.Disk disk) {
        assertThat(disk.freeBytes()).isPositive().isLessThanOrEqualTo(disk.totalBytes());
    }

    @Test
    void postgresTellsWhatOfItIsForWhatAndThePartsAddUp() {
        try (JdbcDatabase database = TestDatabases.postgres()) {
            ApplianceStorage.Database sizes = DatabaseSizes.of(database, Optional.empty());

            assertThat(sizes.parts())
                    .extracting(Part::kind)
                    .containsExactlyInAnyOrder("ledger", "disclosures", "search", "telemetry", "devices", "other");
            assertThat(sizes.parts())
                    .allSatisfy(part -> assertThat(part.bytes()).as(part.kind()).isPositive());
            assertThat(sizes.parts().stream().mapToLong(Part::bytes).sum()).isEqualTo(sizes.bytes());
        }
    }
}
