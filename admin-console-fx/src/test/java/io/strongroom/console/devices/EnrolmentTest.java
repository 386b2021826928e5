package io.strongroom.console.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.SignInRequest;
import io.strongroom.console.Window;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.devices.EnrolmentViewModel.CodeState;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.work.Loaded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class EnrolmentTest {
    private static final String LABEL = "Till of the console test";

    @TempDir
    Path home;

    private Window window;
    private DevicesScreen screen;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screen = new DevicesScreen(desk, InstantSource.system());
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
    void aCodeIsMadeShownOnceAndRevokedAndNothingStaysForWhoeverComesNext(FxRobot robot) {
        Appliance appliance = new Appliance(
                RealAppliance.shared().address(), RealAppliance.shared().fingerprint());
        Connection.Who ann = window.connection.signIn(
                appliance,
                new SignInRequest(
                        RealAppliance.ann().id(),
                        RealOfficer.PASSWORD,
                        RealAppliance.ann().code()));
        robot.interact(() -> window.connection.enter(ann));
        robot.interact(() -> ((TabPane) screen.view()).getSelectionModel().select(1));
        patiently(() -> screen.enrolment().groups().state().get().value() != null);

        robot.interact(() -> robot.lookup("New enrolment code").queryButton().fire());
        WaitForAsyncUtils.waitForFxEvents();
        robot.write(LABEL).type(KeyCode.ENTER);
        patiently(() -> Window.shows(robot, "#enrolment-command"));
        assertThat(robot.lookup("#enrolment-command").queryAs(TextArea.class).getText())
                .contains("sre_")
                .endsWith("agent enrol --appliance " + RealAppliance.shared().devices());
        robot.type(KeyCode.ESCAPE);

        patiently(() -> stands(CodeState.OPEN));
        robot.interact(() -> robot.lookup(".table-view").queryAllAs(TableView.class).stream()
                .filter(table -> "Enrolment codes".equals(table.getAccessibleText()))
                .forEach(table -> table.getSelectionModel().select(0)));
        robot.interact(() -> robot.lookup("Revoke the code").queryButton().fire());
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> robot.lookup(".accent").queryAllAs(Button.class).stream()
                .filter(button -> button.getText().equals("Revoke the code"))
                .forEach(Button::fire));
        patiently(() -> stands(CodeState.REVOKED));

        window.connection.signOut();
        patiently(() -> screen.enrolment().tokens().state().get() instanceof Loaded.Nothing);
    }

    /** Whether the code that was made here stands so, as the appliance lists it. */
    private boolean stands(CodeState state) {
        var tokens = screen.enrolment().tokens().state().get().value();
        return tokens != null
                && tokens.stream()
                        .filter(token -> token.label().equals(LABEL))
                        .anyMatch(token -> screen.enrolment().state(token) == state);
    }

    private static void patiently(java.util.concurrent.Callable<Boolean> holds) {
        await().atMost(Duration.ofMinutes(1)).until(holds);
    }
}
