package io.strongroom.server.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Origin;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.projection.FakeLedger;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.FakeDevices;
import io.strongroom.server.telemetry.Followed;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Told;
import io.strongroom.server.telemetry.health.HealthSeries.Newest;
import io.strongroom.server.telemetry.incident.rule.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which numbers of records become series. */
class HealthViewTest {
    @TempDir
    private Path folder;

    private final FakeLedger ledger = new FakeLedger();
    private final Told told = new Told(ledger);
    private final HealthView view = new HealthView(
            new Installation(
                    "00112233445566778899aabbccddeeff",
                    new Origin("vault.example/acme/00112233"),
                    TestDatabases.TENANT,
                    "vault.example",
                    0),
            new Settings(Map.of()));
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabases.h2(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Follower follower() {
        return Followed.follower(database, ledger, new FakeDevices("dev-a"), view);
    }

    private List<String> newest() {
        Followed.catchUp(follower());
        return database.<List<Newest>>read(connection -> HealthSeries.newest(connection, "dev-a")).stream()
                .map(each -> each.series().metric() + "=" + each.value())
                .toList();
    }

    @Test
    void whatTheAgentAndAStockClientTellIsUnderOneNameInOneUnit() {
        told.device("dev-a", "telemetry.health", "Telemetry.Health", """
                {"measures": {"system.cpu.utilization": 0.25, "os.type": "Linux"},
                 "filesystems": [
                   {"system.filesystem.mountpoint": "/", "system.filesystem.utilization": 0.5, "other": 1},
                   {"system.filesystem.mountpoint": "/", "system.filesystem.utilization": 0.6},
                   {"system.filesystem.utilization": 0.7}, 8]}""");
        told.plain("dev-a", "{\"hardware\": {\"cpu\": 50, \"thermal\": 900}, \"agent\": {\"queue_depth\": 7}}");
        assertThat(newest())
                .containsExactly(
                        "agent.queue.depth=7.0",
                        "system.cpu.utilization=0.5",
                        "system.cpu.utilization=0.25",
                        "system.filesystem.utilization[/]=0.5");
    }

    @Test
    void whatIsNoTelemetryOrComesFromTheFutureOrIsTooLargeIsPassedOver() {
        Seen seen = Seen.health(Seen.DAY).with("n", 1);
        assertThat(HealthView.samples(seen.at(7)))
                .containsExactly(
                        new Sample(new Series("dev-1", "n", "telemetry.health", "/attributes/n"), 7, Seen.DAY, 1));
        assertThat(HealthView.samples(seen.in("audit.logs").at(7))).isEmpty();
        assertThat(HealthView.samples(seen.recorded(Seen.DAY - 24 * Seen.HOUR).at(7)))
                .hasSize(1);
        assertThat(HealthView.samples(
                        seen.recorded(Seen.DAY - 24 * Seen.HOUR - 1).at(7)))
                .isEmpty();
        assertThat(HealthView.samples(
                        seen.recorded(Seen.DAY + 9_000 * Seen.HOUR).at(7)))
                .hasSize(1);
        assertThat(HealthView.samples(
                        Seen.health(Seen.DAY).with("n", 1e19).with("text", "x").at(7)))
                .isEmpty();
    }

    @Test
    void aCrashIsANumberInWhateverStreamItIsTold() {
        told.device("dev-a", "incident.process", "Process.Crashed", "{\"signal\": 11}");
        told.device("dev-a", "incident.process", "Process.Exited", "{\"code\": 1}");
        assertThat(newest()).containsExactly("process.crashes=1.0");
    }

    @Test
    void aRebuildGivesTheSame() {
        for (int i = 0; i < 700; i++) {
            told.plain("dev-a", "{\"hardware\": {\"cpu\": " + i % 100 + "}}");
        }
        Follower follower = follower();
        Followed.catchUp(follower);
        List<String> before = Followed.rows(database, view);
        Followed.again(follower);
        assertThat(Followed.rows(database, view)).isEqualTo(before).hasSizeGreaterThan(3);
    }
}
