package io.strongroom.server.telemetry.deployment;

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
import io.strongroom.server.telemetry.deployment.Deployment.State;
import io.strongroom.server.telemetry.deployment.Deployments.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of deployment jobs, on either database. */
abstract class DeploymentsContract {
    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final FakeLedger ledger = new FakeLedger();
    private final Told told = new Told(ledger);
    private final DeploymentView view = new DeploymentView(
            new Installation(
                    "00112233445566778899aabbccddeeff",
                    new Origin("vault.example/acme/00112233"),
                    TestDatabases.TENANT,
                    "vault.example",
                    0),
            new Settings(Map.of()));
    private Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Follower follower() {
        return Followed.follower(database, ledger, new FakeDevices("dev-a", "dev-b"), view);
    }

    private void tell(String device, String job, String action, String attributes) {
        told.record(device, "telemetry.deployment", action, "Device", device, "Deployment", job, attributes);
    }

    private List<Deployment> find(Filter filter) {
        return database.read(connection -> Deployments.before(connection, filter, Long.MAX_VALUE, 100));
    }

    @Test
    void aJobHasWhatWasToldOfItLastAndItsPackageAndItsBeginning() {
        tell("dev-a", "j1", "Deployment.Started", "{\"package\": \"pkg:deb/a\"}");
        Followed.catchUp(follower());
        tell("dev-a", "j1", "Deployment.Failed", "{}");
        tell("dev-a", "j1", "Deployment.RolledBack", "{\"package\": 7}");
        Followed.catchUp(follower());
        assertThat(find(ALL))
                .containsExactly(new Deployment(
                        "dev-a",
                        "j1",
                        "pkg:deb/a",
                        "telemetry.deployment",
                        "/attributes/package",
                        State.ROLLED_BACK,
                        Told.DAY - 500,
                        Told.DAY + 1_500,
                        2));
        assertThat(find(ALL).getFirst().tookMillis()).isEqualTo(2_000);
    }

    @Test
    void jobsAreFoundAndCountedAndAreOfTheirDevice() {
        tell("dev-a", "j1", "Deployment.Succeeded", "{\"package\": \"pkg:deb/a\"}");
        tell("dev-b", "j1", "Deployment.Failed", "{\"package\": \"pkg:deb/a\"}");
        tell("dev-b", "j2", "Deployment.Started", "{\"package\": \"pkg:deb/b\"}");
        told.device("dev-b", "telemetry.deployment", "Deployment.Failed", "{}");
        told.record("dev-b", "telemetry.deployment", "Deployment.Lost", "Device", "dev-b", "Deployment", "j3", "{}");
        Followed.catchUp(follower());
        assertThat(find(ALL)).extracting(Deployment::job).containsExactly("j2", "j1", "j1");
        assertThat(find(new Filter(
                        Optional.of("dev-b"), Optional.of("j1"), Optional.of("pkg:deb/a"), Optional.of(State.FAILED))))
                .hasSize(1);
        assertThat(database.<List<Deployment>>read(connection -> Deployments.before(connection, ALL, 2, 1)))
                .extracting(Deployment::device)
                .containsExactly("dev-b");
        assertThat(database.<Map<String, Long>>read(
                        connection -> Deployments.counts(connection, Long.MIN_VALUE, Long.MAX_VALUE)))
                .isEqualTo(Map.of("started", 1L, "succeeded", 1L, "failed", 1L, "rolled-back", 0L));
        assertThat(database.<Map<String, Long>>read(
                        connection -> Deployments.counts(connection, Told.DAY, Told.DAY + 1_000)))
                .containsEntry("failed", 1L)
                .containsEntry("succeeded", 0L);
    }

    @Test
    void aRebuildGivesTheSameAndWhatIsOldGoes() {
        for (int i = 0; i < 600; i++) {
            tell("dev-a", "j" + i % 7, i % 2 == 0 ? "Deployment.Started" : "Deployment.Succeeded", "{}");
        }
        Follower follower = follower();
        Followed.catchUp(follower);
        List<String> before = Followed.rows(database, view);
        Followed.again(follower);
        assertThat(Followed.rows(database, view)).isEqualTo(before).hasSize(7);
        long year = Duration.ofDays(365).toMillis();
        boolean more = database.owner(connection -> view.expire(connection, Told.DAY + year, 100));
        assertThat(more).isFalse();
        assertThat(find(ALL)).hasSize(7);
        database.owner(connection -> view.expire(connection, Told.DAY + year + 600_000, 100));
        assertThat(find(ALL)).isEmpty();
    }
}
