package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Acceptance;
import io.strongroom.api.Account;
import io.strongroom.api.Role;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.devices.DevicesScreen;
import io.strongroom.console.incidents.IncidentsScreen;
import io.strongroom.console.people.PeopleScreen;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.system.ConsoleLog;
import io.strongroom.console.system.SystemScreen;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
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

/** Accounts, tokens, keys and the appliance itself, in the real window against a real appliance; and who may not. */
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class AdministrationTest {
    private static final String NOT_FOR_BEN = "The rules in force do not allow your roles this (devices.manage).";
    private static final String DORA = "dora@example.com";

    @TempDir
    Path home;

    private Window window;

    @Start
    void start(Stage stage) {
        window = new Window(
                stage,
                desk -> List.of(
                        new PeopleScreen(desk, OfficerFolder.keys(home), InstantSource.system()),
                        new SystemScreen(desk, InstantSource.system(), new ConsoleLog()),
                        new DevicesScreen(desk, InstantSource.system()),
                        new IncidentsScreen(desk)),
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Hands enter(FxRobot robot, RealOfficer officer, String screen) {
        Hands hands = new Hands(window, robot);
        hands.enter(RealAppliance.shared(), officer, screen);
        return hands;
    }

    @Test
    void somebodyIsInvitedGetsOtherRolesAndIsDisabled(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann(), "people");
        hands.press("#invite");
        robot.write(DORA).type(KeyCode.TAB).write("Dora Lang");
        hands.tick("Audit.Reader:");
        robot.type(KeyCode.ENTER);
        accept(hands.once("#shown-once"));

        hands.refreshing(() -> hands.rows("Accounts").stream().anyMatch(AdministrationTest::isDora));
        hands.choose("Accounts", AdministrationTest::isDora);
        hands.press("#roles");
        hands.tick("Export.Operator:");
        robot.type(KeyCode.ENTER);
        hands.until(() -> dora().roles().equals(Set.of(Role.AUDIT_READER, Role.EXPORT_OPERATOR)));
        window.pictures(robot, "people-real");

        hands.choose("Accounts", AdministrationTest::isDora);
        hands.press("#disable");
        hands.confirm();
        hands.until(() -> !dora().active());
        hands.choose("Accounts", row -> isDora(row) && !((Account) row).active());
        hands.until(() -> "This account is disabled already."
                .equals(hands.button("#disable").getAccessibleHelp()));
        assertThat(hands.enabled("#disable")).isFalse();
    }

    private static boolean isDora(Object row) {
        return row instanceof Account account && account.officer().equals(DORA);
    }

    private static Account dora() {
        return RealAppliance.ann().client().users().list().stream()
                .filter(AdministrationTest::isDora)
                .findFirst()
                .orElseThrow();
    }

    private static void accept(String code) {
        try (StrongroomClient anyone = RealAppliance.shared().appliance().build()) {
            String secret = anyone.auth().openInvitation(code).secret();
            assertThat(anyone.auth()
                            .accept(new Acceptance(
                                    code,
                                    RealOfficer.PASSWORD,
                                    OneTimeCode.of(secret, OneTimeCode.step(System.currentTimeMillis())))))
                    .isNotEmpty();
        }
    }

    @Test
    void aTokenIsMadeShownOnceCountsAndIsRevoked(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann(), "people");
        hands.page("Service tokens");
        hands.press("#make");
        robot.write("console test");
        hands.tick("read:");
        hands.tick("ingest:");
        robot.type(KeyCode.ENTER);
        String token = hands.once("#shown-once");
        assertThat(counts(token)).isTrue();

        hands.choose(
                "Service tokens",
                row -> row instanceof ServiceToken made && made.name().equals("console test"));
        window.pictures(robot, "people-real-tokens");
        hands.press("#revoke");
        hands.confirm();
        hands.until(() -> !counts(token));
    }

    private static boolean counts(String token) {
        try (StrongroomClient client =
                RealAppliance.shared().appliance().token(token).build()) {
            return client.ops().status().ready();
        } catch (StrongroomException.Unauthenticated e) {
            return false;
        }
    }

    @Test
    void aKeyIsMadeOnThisMachineAndRevoked(FxRobot robot) {
        RealOfficer eve = RealAppliance.ann().invites("eve@example.com", "Eve Sand", Role.AUDIT_READER);
        Hands hands = enter(robot, eve, "people");
        hands.sees("You may not see this");
        window.pictures(robot, "people-forbidden");
        assertThat(robot.lookup(".notice .text-muted").queryAllAs(Label.class))
                .filteredOn(Window::seen)
                .isNotEmpty()
                .allMatch(label -> label.getHeight() + 1 > label.prefHeight(label.getWidth()));
        hands.page("My account");
        hands.press("#make");
        robot.write("a key of hers").type(KeyCode.TAB).write("a key of hers").type(KeyCode.ENTER);
        hands.until(() -> keys(eve) == 2);
        hands.choose("My keys", row -> row.toString().contains("here=true"));
        window.pictures(robot, "people-real-own");
        hands.press("#revoke");
        hands.confirm();
        hands.until(() -> keys(eve) == 1);
    }

    @Test
    void whoseSessionIsEndedElsewhereIsToldSoWhereTheySignInAgain(FxRobot robot) {
        RealOfficer finn = RealAppliance.ann().invites("finn@example.com", "Finn Ode", Role.AUDIT_READER);
        Hands hands = enter(robot, finn, "people");
        finn.client().auth().signOutEverywhere();
        hands.refreshing(() -> Window.shows(robot, "Your session has ended"));
        assertThat(Window.shows(robot, "#officer")).isTrue();
        window.pictures(robot, "signin-expired");
    }

    /** How many of somebody's keys count. */
    private static long keys(RealOfficer officer) {
        return officer.client().auth().keys().stream()
                .filter(key -> key.revokedAt() == null)
                .count();
    }

    @Test
    void theSystemTellsHowItIsAndWhatItKeeps(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann(), "system");
        hands.sees("The appliance is well");
        hands.refreshing(() -> robot.lookup(".label").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText() != null && label.getText().contains(" objects, counted ")));
        window.pictures(robot, "system-real");
        assertThat(hands.enabled("#rebuild")).isTrue();
        hands.page("Keys");
        hands.until(() -> hands.rows("Keys").size() > 1);
    }

    @Test
    void whoMayNotIsToldSoAndWhyAButtonIsNotForThem(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ben(), "devices");
        hands.sees("You may not see this");
        hands.page("Enrolment");
        assertThat(hands.enabled("#make")).isFalse();
        assertThat(hands.button("#make").getAccessibleHelp()).isEqualTo(NOT_FOR_BEN);
        robot.moveTo(hands.button("#make"));
        hands.until(() -> robot.listWindows().stream()
                .anyMatch(each -> each instanceof Tooltip tip && tip.getText().equals(NOT_FOR_BEN)));
        window.pictures(robot, "devices-forbidden");
        hands.go(Spot.of("incidents"));
        hands.sees("You may not see this");
    }
}
