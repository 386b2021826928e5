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
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What an officer does on all screens, on a real appliance. */
@Tag("story")
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class HourTest {
    @TempDir
    Path home;

    private Window window;

    @Start
    private void start(Stage stage) {
        window = Window.ofAllScreens(stage, home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    /**
     * How long one waits depends on what else the machine does; how long the UI thread itself works does not. The first visit
     * of a screen is not judged: here its classes are read and interpreted, while the distributed console has learnt them. Nor
     * is a change of the theme, which JavaFX styles all anew with at once.
     */
    @Test
    void theUiThreadNeverWorksForLongAtATime() throws IOException, InterruptedException {
        RealAppliance real = RealAppliance.shared();
        RealOfficer kim = RealAppliance.ann().invites("hour@example.com", "Kim Sol", Role.values());
        Hour.Login login = new Hour.Login(
                new Appliance(real.address(), real.fingerprint()),
                new SignInRequest(kim.id(), RealOfficer.PASSWORD, kim.code()));
        try (Pauses pauses = Pauses.ofJavaFx("first sign-in")) {
            new Hour(window.desk, window.scene, pauses, 2, 20, () -> login).play();
            // Some screens answer so soon that nobody came to ask meanwhile.
            assertThat(pauses.waits()).hasSizeGreaterThan(window.screens().size());
            assertThat(pauses.tooLong())
                    .filteredOn(pause ->
                            pause.where().startsWith("again ") && !pause.where().equals("again theme"))
                    .filteredOn(pause -> pause.worked() > Pauses.TOO_LONG_MILLIS)
                    .isEmpty();
        }
    }
}
