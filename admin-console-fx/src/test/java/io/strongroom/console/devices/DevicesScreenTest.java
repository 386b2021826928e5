package io.strongroom.console.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.TilePane;
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
class DevicesScreenTest {
    @TempDir
    Path home;

    private Window window;
    private DevicesScreen screen;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new DevicesScreen(desk, InstantSource.fixed(SampleFleet.NOW));
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
    void theListIsFilteredAndOneDeviceShownBesideIt(FxRobot robot) {
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot);
        assertThat(screen.devices().listed()).hasSize(40);
        assertThat(screen.count().getValue().intValue()).isEqualTo(2);

        robot.interact(() -> {
            screen.devices().standing().set(Standing.SILENT);
            screen.devices().text().set("ward term");
        });
        assertThat(screen.devices().listed())
                .isNotEmpty()
                .allMatch(row -> row.standing() == Standing.SILENT
                        && row.device().group().equals("wards"));
        robot.interact(screen.devices()::clearFilters);

        robot.interact(() -> screen.devices().chosen().set("dev-abcdef0"));
        fill(robot);
        assertThat(Window.shows(robot, "Collect now")).isTrue();
        window.pictures(robot, "devices-about");
        tab(robot, 1);
        DeviceViewModel.Health health = SampleFleet.health();
        long cards = health.curves().size()
                + health.newest().stream()
                        .filter(measure -> measure.withheld() != null)
                        .count();
        TilePane page = robot.lookup("#health").queryAs(TilePane.class);
        await().until(() -> Window.finds(() -> page.getChildren().size() == cards));
        window.pictures(robot, "devices-health");
        long alone = health.curves().stream()
                .flatMap(curve -> curve.runs().stream())
                .filter(run -> run.size() == 1)
                .count();
        assertThat(robot.lookup(".chart-line-symbol.health").queryAll())
                .as("points between others are part of a line")
                .hasSize((int) alone);
        robot.interact(() -> {
            screen.devices().chosen().set("dev-abcdef1");
            assertThat(page.getChildren()).as("charts of the device before").isEmpty();
            screen.devices().chosen().set("dev-abcdef0");
        });
        fill(robot);
        tab(robot, 2);
        window.pictures(robot, "devices-software");
        tab(robot, 6);
        window.pictures(robot, "devices-commands");
    }

    /** A header is for a mouse. */
    @Test
    void aTableIsSortedByThePaletteAsByAClickOnAHeader(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot);
        keyboard.is("#table");
        keyboard.palette("sort by label");
        assertThat(labels(robot)).isSorted();
        keyboard.is("#table");
        keyboard.palette("sort by label");
        assertThat(labels(robot)).isSortedAccordingTo(Comparator.reverseOrder());
        keyboard.is("#table");
    }

    private static List<String> labels(FxRobot robot) {
        return robot.lookup("#table").<TableView<DevicesViewModel.Row>>queryAll().stream()
                .filter(table -> "Devices".equals(table.getAccessibleText()))
                .flatMap(table -> table.getItems().stream())
                .map(row -> row.device().label())
                .toList();
    }

    @Test
    void codesAreListedWithWhatBecameOfThem(FxRobot robot) {
        robot.interact(() -> window.connection.enter(Window.ann()));
        fill(robot);
        robot.interact(() -> ((TabPane) screen.view()).getSelectionModel().select(1));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "dev-abcdef0")).isTrue();
        window.pictures(robot, "devices-enrolment");
    }

    private void tab(FxRobot robot, int index) {
        robot.interact(() -> robot.lookup(".tab-pane").queryAllAs(TabPane.class).stream()
                .filter(pane -> pane.getTabs().size() == 7)
                .forEach(pane -> pane.getSelectionModel().select(index)));
        fill(robot);
    }

    /** What the appliance would have answered: there is none behind this window. */
    private void fill(FxRobot robot) {
        robot.interact(() -> {
            screen.devices().put(SampleFleet.all());
            DeviceViewModel device = screen.device();
            device.about().put(SampleFleet.about());
            device.health().put(SampleFleet.health());
            device.software().put(SampleFleet.software());
            device.commands().put(SampleFleet.commands());
            screen.enrolment().tokens().put(SampleFleet.tokens());
            screen.enrolment().groups().put(SampleFleet.groups());
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
