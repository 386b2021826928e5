package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ExportState;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.Role;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.devices.DevicesScreen;
import io.strongroom.console.incidents.IncidentsScreen;
import io.strongroom.console.packs.PacksScreen;
import io.strongroom.console.real.RealAgent;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A device from its enrolment to its revocation, and the incident of its lost queue, in the real window against a real
 * appliance, with the agent on the device. What is done is done by the keyboard.
 */
@Tag("story")
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class FleetTest {
    @TempDir
    Path home;

    private Window window;

    @Start
    void start(Stage stage) {
        window = new Window(
                stage,
                desk -> List.of(
                        new DevicesScreen(desk, InstantSource.system()),
                        new IncidentsScreen(desk),
                        new PacksScreen(desk)),
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aDeviceIsEnrolledSeenAskedLosesItsQueueAndIsRevoked(FxRobot robot) {
        Hands hands = new Hands(window, robot);
        try (RealAppliance appliance = RealAppliance.start();
                RealAgent device = new RealAgent(home)) {
            RealOfficer ann = appliance.twoOfficers().getFirst();
            RealOfficer cas = ann.invites(
                    "cas@example.com", "Cas Lindt", Role.SECURITY_ADMIN, Role.AUDIT_READER, Role.EXPORT_OPERATOR);
            hands.enter(appliance, cas, "devices");

            device.enrol(appliance, code(robot, hands));
            String id = device.run();
            hands.page("Devices");
            hands.refreshing(() -> Window.shows(robot, "Till 4"));
            hands.go(new Spot("devices", id));
            seen(robot, hands, cas.client(), id);
            asked(robot, hands);

            device.loseQueue();
            device.run();
            incident(robot, hands, cas.client(), id);

            revoked(robot, hands, device, id);
        }
    }

    /** Makes a code; gives it as it stands in the line to copy. */
    private String code(FxRobot robot, Hands hands) {
        hands.page("Enrolment");
        hands.press("#make");
        robot.write("Till 4").type(KeyCode.ENTER);
        hands.sees("#enrolment-command");
        window.pictures(robot, "devices-code");
        String command = hands.once("#enrolment-command");
        assertThat(command).contains("agent enrol --appliance https://");
        return command.replaceFirst("(?s)^printf %s '([^']+)'.*", "$1");
    }

    /** Each page of the device shows what its agent really told. */
    private void seen(FxRobot robot, Hands hands, StrongroomClient officer, String device) {
        hands.refreshing(() -> Window.shows(robot, "signed batches"));
        window.pictures(robot, "device-real-about");
        hands.until(() -> !officer.telemetry().measures(device).items().isEmpty());
        hands.page("Health");
        hands.refreshing(() -> Window.shows(robot, "Memory"));
        window.pictures(robot, "device-real-health");
        hands.page("Software");
        hands.refreshing(() -> !hands.rows("Packages").isEmpty());
        hands.page("Use");
        hands.refreshing(() -> !hands.rows("Sessions").isEmpty());
        window.pictures(robot, "device-real-use");
        hands.page("Records");
        hands.refreshing(() -> hands.rows("Streams").size() > 1);
        hands.refreshing(() -> hands.rows("Batches").size() > 1);
        assertThat(Window.shows(robot, "HTTPS")).isTrue();
        window.pictures(robot, "device-real-batches");
    }

    private void asked(FxRobot robot, Hands hands) {
        hands.palette("device: collect");
        hands.page("Commands");
        hands.refreshing(() -> Window.shows(robot, "done"));
        window.pictures(robot, "device-real-commands");
    }

    private void incident(FxRobot robot, Hands hands, StrongroomClient officer, String device) {
        IncidentFilter lost = new IncidentFilter(device, "gap", null, null);
        hands.until(() -> !officer.incidents().list(lost, null, 10).items().isEmpty());
        Incident opened = officer.incidents().list(lost, null, 10).items().getFirst();
        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.palette("go to incidents");
        keyboard.is("#table");
        keyboard.row(row -> row instanceof Incident each && each.id().equals(opened.id()));
        hands.until(() -> hands.enabled("#acknowledge"));
        window.pictures(robot, "incident-real");

        keyboard.tab("#acknowledge");
        keyboard.press(KeyCode.SPACE);
        hands.until(() -> state(officer, opened).equals("acknowledged"));
        hands.until(() -> !Window.shows(robot, "#acknowledge"));

        keyboard.tab("#pack");
        keyboard.press(KeyCode.SPACE);
        packed(robot, hands, officer, opened);
        keyboard.press(KeyCode.ALT, KeyCode.LEFT);
        keyboard.is("#pack");

        keyboard.tabBack("#close");
        keyboard.press(KeyCode.SPACE);
        // The first of the reasons is chosen.
        robot.type(KeyCode.ENTER);
        hands.until(() -> state(officer, opened).equals("closed"));
        hands.until(() -> !Window.shows(robot, "#close"));
        window.pictures(robot, "incident-real-closed");
    }

    /** A pack of its records and of no other, from the first step to the seal. */
    private void packed(FxRobot robot, Hands hands, StrongroomClient officer, Incident incident) {
        hands.sees("#scopePage");
        hands.press("#next");
        hands.sees("#purposeText");
        robot.interact(() -> robot.lookup("#purposeText").query().requestFocus());
        robot.write("What the till lost");
        // Over what stays hidden and the review to the seal.
        for (int step = 0; step < 3; step++) {
            hands.press("#next");
        }
        hands.until(() -> officer.exports().list(null, 10).items().stream()
                .anyMatch(pack -> pack.status().status() == ExportState.READY));
        ExportSummary pack = officer.exports().list(null, 10).items().getFirst();
        assertThat(pack.purpose()).isEqualTo("What the till lost");
        Selection selection = Objects.requireNonNull(pack.selection());
        assertThat(selection.records()).hasSizeGreaterThan(1).allSatisfy(id -> assertThat(incident.records()
                                .contains(officer.records().one(id).seq())
                        || Objects.equals(
                                incident.recorded(), officer.records().one(id).seq()))
                .isTrue());
        window.pictures(robot, "incident-real-pack");
    }

    private static String state(StrongroomClient officer, Incident incident) {
        return officer.incidents().one(incident.id()).state();
    }

    private void revoked(FxRobot robot, Hands hands, RealAgent device, String id) {
        assertThat(device.shutOut()).isEmpty();
        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.palette("go to devices");
        keyboard.is("#table");
        keyboard.row(row -> row.toString().contains(id));
        hands.until(() -> hands.enabled("#collect"));
        keyboard.tab("#more");
        keyboard.press(KeyCode.SPACE);
        keyboard.item("Revoke");
        keyboard.is("Cancel");
        keyboard.tab("#act");
        keyboard.press(KeyCode.SPACE);
        hands.until(() -> !hands.enabled("#collect"));
        assertThat(hands.button("#collect").getAccessibleHelp()).isEqualTo("The device is revoked.");
        device.signedIn("nobody");
        hands.until(() -> device.shutOut().isPresent());
        hands.page("Overview");
        WaitForAsyncUtils.waitForFxEvents();
        window.pictures(robot, "device-real-revoked");
    }
}
