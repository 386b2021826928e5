package io.strongroom.console.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.ApplianceStorage;
import io.strongroom.console.Window;
import io.strongroom.console.system.SystemViewModel.PublishedKey;
import io.strongroom.console.system.SystemViewModel.Seen;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class SystemScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path home;

    private final ConsoleLog log = new ConsoleLog();
    private Window window;
    private SystemScreen screen;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new SystemScreen(desk, InstantSource.fixed(NOW), log);
                    return List.of(screen);
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void warningsAreKeptTheNewestFirstAndNothingLess() {
        log.publish(new LogRecord(Level.INFO, "all is well"));
        LogRecord first = new LogRecord(Level.WARNING, "{0} is slow");
        first.setParameters(new Object[] {"the disk"});
        log.publish(first);
        LogRecord second = new LogRecord(Level.SEVERE, "it broke");
        second.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
        log.publish(second);
        assertThat(log.newest())
                .extracting(ConsoleLog.Line::text)
                .containsExactly(
                        "it broke\njava.lang.IllegalStateException: outer\njava.lang.IllegalArgumentException: inner",
                        "the disk is slow");
    }

    @Test
    void figuresAreReadAsPrometheusWritesThem() {
        Figures figures = Figures.parse("""
                # HELP strongroom_ingest_records_total Records.
                strongroom_ingest_records_total{outcome="taken"} 12
                strongroom_ingest_records_total{outcome="refused"} 3
                strongroom_ledger_commit_seconds_bucket{le="0.1"} 9
                strongroom_policy_drift 0
                jvm_threads 7
                strongroom_odd NaNny
                """);
        assertThat(figures.sum("strongroom_ingest_records_total")).hasValue(15);
        assertThat(figures.sum("strongroom_policy_drift")).hasValue(0);
        assertThat(figures.sum("strongroom_ingest")).isEmpty();
        assertThat(figures.all()).hasSize(3);
    }

    @Test
    void throughputIsWhatTheLedgerTookInBetweenTwoLooks() {
        Seen before = new Seen(status(1_000, true), new Figures(List.of()), storage(), NOW, OptionalDouble.empty());
        assertThat(SystemViewModel.rate(before, status(1_500, true), NOW.plusSeconds(10)))
                .hasValue(50);
        assertThat(SystemViewModel.rate(null, status(1_500, true), NOW)).isEmpty();
    }

    private static ApplianceStatus status(long size, boolean ready) {
        return new ApplianceStatus(
                ready,
                ready ? Map.of() : Map.of("projection", "The read models are 12 minutes behind."),
                "postgresql",
                true,
                new ApplianceStatus.LedgerState(size, size - 3, "2026-11-21T11:59:59Z", true, null, 12, 40_960),
                new ApplianceStatus.ReadModel(size - 20, 20, 340, false, false),
                new ApplianceStatus.ReadModel(size, 0, 0, false, false),
                new ApplianceStatus.ProcessState(41, "2026-11-20T06:00:00Z", 108_000, 402L << 20));
    }

    private static ApplianceStorage storage() {
        return new ApplianceStorage(
                NOW.toString(),
                new ApplianceStorage.Database(
                        41L << 30,
                        List.of(
                                new ApplianceStorage.Part("ledger", 27L << 30),
                                new ApplianceStorage.Part("disclosures", 4L << 30),
                                new ApplianceStorage.Part("search", 7L << 30),
                                new ApplianceStorage.Part("telemetry", 2L << 30),
                                new ApplianceStorage.Part("devices", 212L << 20),
                                new ApplianceStorage.Part("other", 812L << 20)),
                        Optional.empty()),
                new ApplianceStorage.Objects(
                        "folder",
                        Optional.of(new ApplianceStorage.Counted(812_334, 18L << 30, "2026-11-21T11:52:00Z")),
                        Optional.of(new ApplianceStorage.Disk(1L << 30, 20L << 30))),
                new ApplianceStorage.Disk(31L << 30, 480L << 30));
    }

    @Test
    void whatIsWrongStandsOnTop(FxRobot robot) {
        robot.interact(() -> window.connection.enter(Window.ann()));
        Figures figures =
                Figures.parse("strongroom_ledger_committed_records_total 5114003\nstrongroom_policy_drift 0\n");
        fill(robot, new Seen(status(5_120_334, true), figures, storage(), NOW, OptionalDouble.of(412.5)));
        assertThat(Window.shows(robot, "The appliance is well")).isTrue();
        assertThat(Window.shows(robot, "31 GiB of 480 GiB")).isTrue();
        assertThat(Window.shows(robot, "– on the object store’s")).isTrue();
        assertThat(Window.shows(robot, "1 GiB of 20 GiB")).isTrue();
        assertThat(Window.shows(robot, "– on the database’s")).isFalse();
        window.pictures(robot, "system");
        fill(robot, new Seen(status(5_120_334, false), figures, storage(), NOW, OptionalDouble.empty()));
        assertThat(Window.shows(robot, "The appliance is not well")).isTrue();
        assertThat(Window.shows(robot, "projection: The read models are 12 minutes behind."))
                .isTrue();
        log.publish(new LogRecord(Level.WARNING, "what was remembered is lost"));
        fill(robot, new Seen(status(5_120_334, false), figures, storage(), NOW, OptionalDouble.empty()));
        robot.interact(() -> ((TabPane) screen.view()).getSelectionModel().select(3));
        WaitForAsyncUtils.waitForFxEvents();
        window.pictures(robot, "system-keys");
        robot.interact(() -> ((TabPane) screen.view()).getSelectionModel().select(4));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "what was remembered is lost")).isTrue();
        window.pictures(robot, "system-log");
    }

    private void fill(FxRobot robot, Seen seen) {
        robot.interact(() -> {
            SystemViewModel model = screen.model();
            model.seen().put(seen);
            model.quarantine().put(List.of());
            model.keys()
                    .put(List.of(new PublishedKey(
                            "checkpoints",
                            1,
                            "Ed25519",
                            "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                            "2026-09-01T08:00:00Z",
                            null)));
            model.lines().put(log.newest());
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
