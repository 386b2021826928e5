package io.strongroom.console.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ExportState;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.SignInRequest;
import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.explorer.ExplorerScreen;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.verifier.VerifierScreen;
import io.strongroom.console.work.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A pack from the wizard's first step to its verdict on this machine, on a real appliance. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class PacksTest {
    @TempDir
    Path home;

    private Window window;
    private PacksScreen packs;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    packs = new PacksScreen(desk);
                    return List.of(packs, new ExplorerScreen(desk), new VerifierScreen(desk));
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private static void waitFor(FxRobot robot, String query) throws Exception {
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> Window.shows(robot, query));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void signedIn(FxRobot robot, RealOfficer officer) throws Exception {
        RealAppliance appliance = RealAppliance.shared();
        Connection.Who who = window.connection.signIn(
                new Appliance(appliance.address(), appliance.fingerprint()),
                new SignInRequest(officer.id(), RealOfficer.PASSWORD, officer.code()));
        robot.interact(() -> window.connection.enter(who));
    }

    @Test
    void aPackIsScopedReviewedSealedFetchedAndVerified(FxRobot robot) throws Exception {
        signedIn(robot, RealAppliance.ben());
        robot.press(KeyCode.CONTROL).type(KeyCode.N).release(KeyCode.CONTROL);
        waitFor(robot, "#scopePage");
        robot.interact(() -> robot.lookup("#from").queryAs(TextField.class).setText("last week"));
        robot.interact(() -> robot.lookup("#next").queryAs(Button.class).fire());
        assertThat(packs.model().wizard().wrong().get()).isEqualTo("From: “last week” is not understood");
        robot.interact(() -> robot.lookup("#from").queryAs(TextField.class).setText("2020-01-01"));
        window.pictures(robot, "packs-scope");
        robot.interact(() -> robot.lookup("#next").queryAs(Button.class).fire());
        robot.interact(
                () -> robot.lookup("#purposeText").queryAs(TextField.class).setText("Audit 2026, request 4711"));
        window.pictures(robot, "packs-content");
        robot.interact(() -> robot.lookup("#next").queryAs(Button.class).fire());
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> !(packs.model().wizard().sample().getValue() instanceof Loaded.Loading));
        assertThat(packs.model().wizard().sample().getValue()).isInstanceOf(Loaded.Here.class);
        window.pictures(robot, "packs-hidden");
        robot.interact(() -> robot.lookup("#next").queryAs(Button.class).fire());
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> packs.model().wizard().review().getValue().value() != null);
        window.pictures(robot, "packs-review");
        robot.interact(() -> robot.lookup("#next").queryAs(Button.class).fire());
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> packs.model().chosen().get() != null
                        && packs.model().chosen().get().status().status() == ExportState.READY);
        WaitForAsyncUtils.waitFor(
                30,
                TimeUnit.SECONDS,
                () -> robot.lookup("#custody")
                                .queryAs(TableView.class)
                                .getItems()
                                .size()
                        > 0);
        window.pictures(robot, "packs");
        Path file = home.resolve("pack.zip");
        robot.interact(() -> packs.model().fetch(file));
        waitFor(robot, "Verify");
        assertThat(Files.size(file)).isGreaterThan(1_000);
        window.pictures(robot, "packs-fetched");
        robot.type(KeyCode.TAB).type(KeyCode.ENTER);
        waitFor(robot, "Consistent with itself, signer not trusted");
    }

    private boolean ready(String purpose) {
        ExportSummary chosen = packs.model().chosen().get();
        return chosen != null
                && chosen.purpose().equals(purpose)
                && chosen.status().status() == ExportState.READY;
    }

    /** Found, narrowed down, put aside, packed, sealed, fetched and verified by somebody who has no mouse. */
    @Test
    void aPackIsMadeOfWhatWasFoundByKeysAlone(FxRobot robot) throws Exception {
        signedIn(robot, RealAppliance.ben());
        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        keyboard.is("#explorer-query");
        keyboard.write("outcome:failure stream:audit.desk");
        keyboard.press(KeyCode.ENTER);
        waitFor(robot, "All 7 here");
        keyboard.press(KeyCode.DOWN);
        keyboard.is("#explorer-records");

        keyboard.press(KeyCode.SHIFT, KeyCode.F10);
        keyboard.item("Without actor svc-backup");
        waitFor(robot, "All 5 here");
        keyboard.is("#explorer-records");
        keyboard.press(KeyCode.SHIFT, KeyCode.END);
        keyboard.press(KeyCode.CONTROL, KeyCode.B);
        waitFor(robot, "Basket (5)");

        keyboard.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
        keyboard.is("#asideOnly");
        keyboard.press(KeyCode.ENTER);
        keyboard.is("#purposeText");
        keyboard.write("Failures at the desk");
        // What stays hidden, what it comes to, and the seal.
        keyboard.press(KeyCode.ENTER);
        keyboard.is("#next");
        keyboard.press(KeyCode.ENTER);
        keyboard.is("#next");
        keyboard.press(KeyCode.ENTER);
        keyboard.is("#packs");
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> ready("Failures at the desk"));
        keyboard.tab("#fetch");
        keyboard.press(KeyCode.SPACE);
        waitFor(robot, "#act");
        keyboard.tab("#act");
        keyboard.press(KeyCode.SPACE);
        waitFor(robot, "Consistent with itself, signer not trusted");
        keyboard.is("#records");
        window.pictures(robot, "verifier-by-keys");
    }

    @Test
    void whoeverMayNotMakePacksIsToldWhenItIsReckonedUp(FxRobot robot) throws Exception {
        signedIn(robot, RealAppliance.ann());
        waitFor(robot, "No packs yet");
        window.pictures(robot, "packs-none");
    }
}
