package io.strongroom.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.evidence.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A first start, as an officer goes through it with the keyboard, against a real appliance. */
@ExtendWith(ApplicationExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class SignInTest {
    private static RealAppliance appliance;
    private static boolean stopped;

    @TempDir
    Path home;

    private Window window;

    @BeforeAll
    static void begin() {
        appliance = RealAppliance.start();
    }

    @AfterAll
    static void end() {
        if (!stopped) {
            appliance.close();
        }
    }

    @Start
    private void start(Stage stage) {
        window = new Window(stage, desk -> List.of(new Room()), null, Locale.ENGLISH, home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static final class Room implements Screen {
        private final Parent view = new StackPane(new Label("inside"));

        @Override
        public String id() {
            return "today";
        }

        @Override
        public Group group() {
            return Group.WORK;
        }

        @Override
        public Ikon icon() {
            return Material2OutlinedAL.HOME;
        }

        @Override
        public Parent view() {
            return view;
        }

        @Override
        public void shown(String what) {}
    }

    private static void waitFor(FxRobot robot, String query) throws Exception {
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> Window.shows(robot, query));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.interact(() -> robot.lookup(field).queryAs(TextField.class).requestFocus());
        robot.interact(() -> robot.lookup(field)
                .queryAs(TextField.class)
                .replaceText(0, robot.lookup(field).queryAs(TextField.class).getLength(), text));
    }

    private void connected(FxRobot robot, String fingerprint) {
        type(robot, "#address", appliance.address().toString());
        type(robot, "#fingerprint", fingerprint);
        robot.type(KeyCode.ENTER);
    }

    @Test
    @Order(3)
    void aFirstStartEndsInTheApplianceWhichIsMissedWhenItIsGone(FxRobot robot) throws Exception {
        connected(robot, appliance.fingerprint().toString());
        waitFor(robot, "#officer");
        window.pictures(robot, "signin");
        robot.interact(() -> robot.lookup("First start")
                .queryAs(javafx.scene.control.Hyperlink.class)
                .fire());
        type(robot, "#setupCode", appliance.setupCode());
        type(robot, "#firstId", "ann@example.com");
        type(robot, "#firstName", "Ann Weber");
        window.pictures(robot, "signin-first-start");
        robot.type(KeyCode.ENTER);
        waitFor(robot, "#qr");
        String secret = robot.lookup("#secret").queryAs(TextField.class).getText();
        type(robot, "#newPassword", "four words of no sense");
        type(robot, "#newPasswordAgain", "four words of no sense");
        window.pictures(robot, "signin-authenticator");
        // A code is typed last: it does not hold for long, and counts once.
        type(robot, "#newCode", OneTimeCode.of(secret, OneTimeCode.step(System.currentTimeMillis())));
        robot.type(KeyCode.ENTER);
        waitFor(robot, "#recovery");
        assertThat(robot.lookup("#recovery").queryAs(TextArea.class).getText().lines())
                .hasSize(10);
        assertThat(robot.lookup("#token").queryAs(TextField.class).getText()).startsWith("srm_");
        window.pictures(robot, "signin-recovery");
        robot.interact(() -> robot.lookup("#notedStep").queryButton().fire());
        waitFor(robot, "#officer");
        assertThat(robot.lookup("#officer").queryAs(TextField.class).getText()).isEqualTo("ann@example.com");
        type(robot, "#password", "four words of no sense");
        type(robot, "#code", "000000");
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        waitFor(robot, "#problem");
        new Keyboard(window, robot).is("#code");
        window.pictures(robot, "signin-refused");
        type(robot, "#code", OneTimeCode.of(secret, OneTimeCode.step(System.currentTimeMillis()) + 1));
        robot.type(KeyCode.ENTER);
        waitFor(robot, "#passphrase");
        type(robot, "#passphrase", "a phrase");
        type(robot, "#passphraseAgain", "a phrase");
        window.pictures(robot, "signin-key");
        robot.type(KeyCode.ENTER);
        waitFor(robot, "inside");
        try (var keys = Files.list(home.resolve("keys"))) {
            assertThat(keys.filter(file -> file.toString().endsWith(".pub.pem")))
                    .hasSize(1);
        }
        waitFor(robot, ".status-bar .sign.holds");
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> robot.lookup("#checkpoint").queryAs(Label.class).getText().contains("verified here"));
        window.pictures(robot, "shell");
        appliance.close();
        stopped = true;
        waitFor(robot, "Connection lost, read only");
        assertThat(Window.shows(robot, "inside")).as("what is on screen stays").isTrue();
        window.pictures(robot, "shell-lost");
        window.connection.signOut();
        waitFor(robot, "#officer");
        assertThat(Window.shows(robot, "inside")).isFalse();
        assertThat(window.connection.state().get()).isEqualTo(Connection.State.SIGNED_OUT);
    }

    @Test
    @Order(1)
    void anotherAuthorityIsAHardStop(FxRobot robot) throws Exception {
        connected(robot, Digest.of(new byte[1]).toString());
        waitFor(robot, "#problem");
        assertThat(Window.shows(robot, "This is not the appliance that was pinned"))
                .isTrue();
        assertThat(Window.shows(robot, "#officer")).isFalse();
        window.pictures(robot, "signin-another");
    }

    @Test
    @Order(2)
    void whatIsNoAddressIsToldAtOnce(FxRobot robot) throws Exception {
        type(robot, "#address", "http://strongroom.example");
        type(robot, "#fingerprint", "sha256:12");
        robot.type(KeyCode.ENTER);
        waitFor(robot, "That is no appliance");
        assertThat(Appliance.parse(
                                "strongroom.example:8443",
                                Digest.of(new byte[1]).hex())
                        .address()
                        .toString())
                .isEqualTo("https://strongroom.example:8443");
    }
}
