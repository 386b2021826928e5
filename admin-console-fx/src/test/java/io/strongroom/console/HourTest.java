package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.rehearsal.Hour;
import io.strongroom.console.rehearsal.Pauses;
import java.io.IOException;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What an officer does on all screens, on a real appliance. */
@Tag("story")
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class HourTest {
    @TempDir
    Path home;

    private Stage stage;
    private Window window;

    @Start
    private void start(Stage made) {
        stage = made;
        window = Window.ofAllScreens(stage, home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    /**
     * How long one waits depends on what else the machine does; how long the UI thread itself works does not. The distributed
     * console has learnt its classes from an hour before it is first started; here a window before has that hour.
     */
    @Test
    void theUiThreadNeverWorksForLongAtATime(FxRobot robot) throws IOException, InterruptedException {
        RealOfficer kim = RealAppliance.ann().invites("hour@example.com", "Kim Sol", Role.values());
        play(kim, 1);
        window.close();
        robot.interact(() -> window = Window.ofAllScreens(stage, home));

        Pauses pauses = play(kim, 2);
        // Some screens answer so soon that nobody came to ask meanwhile.
        assertThat(pauses.waits()).hasSizeGreaterThan(window.screens().size());
        assertThat(pauses.tooLong())
                .filteredOn(pause -> pause.worked() > Pauses.TOO_LONG_MILLIS)
                .isEmpty();
    }

    private Pauses play(RealOfficer officer, int rounds) throws IOException, InterruptedException {
        RealAppliance real = RealAppliance.shared();
        Appliance appliance = new Appliance(real.address(), real.fingerprint());
        try (Pauses pauses = Pauses.ofJavaFx("first sign-in")) {
            new Hour(
                            window.desk,
                            window.scene,
                            pauses,
                            rounds,
                            20,
                            () -> new Hour.Login(
                                    appliance, new SignInRequest(officer.id(), RealOfficer.PASSWORD, officer.code())))
                    .play();
            return pauses;
        }
    }
}
