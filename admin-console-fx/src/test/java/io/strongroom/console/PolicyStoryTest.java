package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.PolicyCommit;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.releases.ReleasesScreen;
import io.strongroom.console.review.ReviewScreen;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.workspace.WorkspaceScreen;
import io.strongroom.policies.BundleFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.eclipse.jgit.lib.PersonIdent;
import org.fxmisc.richtext.CodeArea;
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
 * A rule from the first letter to its coming into force, in the real window against a real appliance: Ann writes, tests and
 * proposes it, Ben and Cas approve it in roles of their own.
 */
@Tag("story")
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class PolicyStoryTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String PASSPHRASE = "a key of one's own";

    @TempDir
    Path home;

    private Window window;
    private OfficerKeyFiles keys;
    private RulesFolder rules;

    @Start
    void start(Stage stage) {
        keys = new OfficerKeyFiles(home.resolve("keys"));
        rules = new RulesFolder(home.resolve("rules"));
        window = new Window(
                stage,
                desk -> List.of(
                        new WorkspaceScreen(desk, rules),
                        new ReviewScreen(desk, keys),
                        new ReleasesScreen(desk, rules)),
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aRuleIsWrittenTestedProposedApprovedByTwoAndBroughtIntoForce(FxRobot robot) {
        try (RealAppliance appliance = RealAppliance.start()) {
            List<RealOfficer> two = appliance.twoOfficers();
            RealOfficer ann = two.getFirst();
            RealOfficer ben = two.getLast();
            RealOfficer cas = ann.invites("cas@example.com", "Cas Lindt", Role.AUDIT_ADMIN);

            enter(robot, appliance, ann, "workspace");
            write(robot);
            enter(robot, appliance, ben, "review");
            ask(robot, ben);
            approve(robot, ben, "Compliance.Reviewer");
            enter(robot, appliance, cas, "review");
            enrol(cas);
            approve(robot, cas, "Audit.Admin");

            PolicyProposal approved = ann.client().policies().proposal("hide-wards");
            assertThat(approved.approvals())
                    .filteredOn(PolicyProposal.Given::counts)
                    .hasSize(2);
            activate(robot);
            assertThat(ann.client().policies().inForce().inForce().commit()).isEqualTo(approved.commit());
            bringBack(robot, ann, ben, approved.commit());
            appliance.close();
            nothingIsSaidWhileTheConnectionIsLost(robot);
        }
    }

    private void enter(FxRobot robot, RealAppliance real, RealOfficer officer, String screen) {
        Connection.Who who = window.connection.signIn(
                new Appliance(real.address(), real.fingerprint()),
                new SignInRequest(officer.id(), RealOfficer.PASSWORD, officer.code()));
        robot.interact(() -> {
            window.connection.enter(who);
            window.desk.navigator().go(Spot.of(screen));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void write(FxRobot robot) {
        await().atMost(SOON).until(() -> Window.shows(robot, "#begin") && enabled(robot, "#begin"));
        theMenuOfAFileSaysWhyNot(robot);
        press(robot, "#begin");
        answer(robot, "hide-wards");
        await().atMost(SOON).until(() -> Window.finds(() -> area(robot).isEditable()));

        String before = area(robot).getText();
        robot.interact(() -> area(robot).replaceText(before.replaceFirst("profiles:", "profile:")));
        await().atMost(SOON).until(() -> Window.shows(robot, "Problems (1)") || Window.shows(robot, "Problems (2)"));
        assertThat(enabled(robot, "#propose")).isFalse();
        window.pictures(robot, "workspace-problem");

        robot.interact(() -> area(robot).replaceText(before.replaceFirst("mask: year", "mask: redact")));
        await().atMost(SOON).until(() -> Window.shows(robot, "Tests fail: see Tests."));

        String ward = "      - {fields: [/attributes/ward], mask: omit}\n";
        int year = before.indexOf("      - {fields: [/attributes/**/birthDate");
        robot.interact(() -> area(robot).replaceText(before.substring(0, year) + ward + before.substring(year)));
        await().atMost(SOON).until(() -> enabled(robot, "#propose"));
        window.pictures(robot, "workspace-ready");
        press(robot, "#propose");
        answer(robot, "Hide wards from readers");
        await().atMost(SOON).until(() -> Window.shows(robot, "#approve"));
        await().atMost(SOON)
                .until(() -> Window.shows(robot, "It is your own proposal. Two others have to approve it."));
    }

    /** On main, which is only read. */
    private void theMenuOfAFileSaysWhyNot(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.is("#files");
        keyboard.press(KeyCode.SHIFT, KeyCode.F10);
        assertThat(robot.lookup(".why-not .label").queryLabeled().getText()).startsWith("This is main");
        keyboard.press(KeyCode.ESCAPE);
    }

    private void enrol(RealOfficer officer) {
        officer.client().auth().enrol(keys.open(keys.make(PASSPHRASE, new SecureRandom()), PASSPHRASE));
    }

    /** Says something of the new line, asks for changes, and takes that back. */
    private void ask(FxRobot robot, RealOfficer officer) {
        enrol(officer);
        robot.interact(() -> window.desk.navigator().go(new Spot("review", "hide-wards")));
        await().atMost(SOON).until(() -> Window.shows(robot, "#reject") && enabled(robot, "#reject"));
        robot.interact(() -> {
            robot.lookup("#tabs").queryAs(TabPane.class).getSelectionModel().select(1);
            ListView<Object> diff = robot.lookup("#diff").queryListView();
            diff.getItems().stream()
                    .filter(row -> row.toString().contains("attributes/ward"))
                    .findFirst()
                    .ifPresent(diff.getSelectionModel()::select);
        });
        press(robot, "#commentLine");
        say(robot, "Of which wards?", "");
        robot.interact(() ->
                robot.lookup("#tabs").queryAs(TabPane.class).getSelectionModel().select(0));
        await().atMost(SOON).until(() -> told(robot, "Of which wards?"));

        await().atMost(SOON).until(() -> enabled(robot, "#reject"));
        press(robot, "#reject");
        say(robot, "Name them.", PASSPHRASE);
        await().atMost(SOON).until(() -> told(robot, officer.id() + " asks for changes"));
        window.pictures(robot, "review-asked");
        press(robot, "#takeBack");
        press(robot, "#act");
        await().atMost(SOON).until(() -> told(robot, officer.id() + " asked for changes"));
    }

    /** Looks for it from the top of the summary to its end, of which not all is on screen. */
    private static boolean told(FxRobot robot, String text) {
        return Window.finds(() -> {
            ListView<?> summary = robot.lookup("#summary").queryListView();
            for (int row = 0; row < summary.getItems().size(); row++) {
                summary.scrollTo(row);
                summary.layout();
                if (Window.shows(robot, text)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static void say(FxRobot robot, String text, String passphrase) {
        await().atMost(SOON).until(() -> Window.shows(robot, "#words"));
        robot.interact(() -> {
            robot.lookup("#words").queryAs(TextInputControl.class).setText(text);
            if (!passphrase.isEmpty()) {
                robot.lookup("#keyPassphrase").queryAs(TextInputControl.class).setText(passphrase);
            }
            robot.lookup("#act").queryAs(Button.class).fire();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void approve(FxRobot robot, RealOfficer officer, String role) {
        robot.interact(() -> window.desk.navigator().go(new Spot("review", "hide-wards")));
        await().atMost(SOON).until(() -> Window.shows(robot, "#approve") && enabled(robot, "#approve"));
        press(robot, "#approve");
        answer(robot, PASSPHRASE);
        await().atMost(SOON)
                .until(() -> Window.finds(() -> robot.lookup(".list-cell").queryAllAs(Labeled.class).stream()
                        .anyMatch(row -> row.getText() != null
                                && row.getText().startsWith(officer.id() + " approved as " + role))));
    }

    private void activate(FxRobot robot) {
        robot.interact(() -> window.desk.navigator().go(Spot.of("releases")));
        await().atMost(SOON).until(() -> enabled(robot, "#activate-hide-wards"));
        press(robot, "#activate-hide-wards");
        press(robot, "#act");
        await().atMost(SOON)
                .until(() -> Window.shows(
                        robot, "Verified here: two officers of different roles signed exactly these files."));
        window.pictures(robot, "releases");
    }

    /**
     * The rules as the appliance came with them come into force again; then those that hide wards are brought back from the
     * screen, by keys alone: proposed again on top of what is main now, as any change.
     */
    private void bringBack(FxRobot robot, RealOfficer ann, RealOfficer ben, String hidesWards) {
        PolicyCommit first = ann.client().policies().history().getLast();
        RulesClone clone = rules.clone(window.connection);
        Connection.Passage cas = window.connection.passage();
        clone.fetch(cas);
        clone.pushBack(first.commit(), "as-it-came", "As it came", new PersonIdent("Cas", "cas@example.com"), cas);
        window.connection.call(client -> client.policies().propose("as-it-came", "As it came"));
        ann.approves("as-it-came", Role.SECURITY_ADMIN);
        ben.approves("as-it-came", Role.COMPLIANCE_REVIEWER);
        ann.client().policies().activate("as-it-came");

        Keyboard keyboard = new Keyboard(window, robot);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT3);
        await().atMost(SOON)
                .until(() ->
                        robot.lookup("#timeline").queryListView().getItems().size() == 2);
        keyboard.is("#timeline");
        keyboard.press(KeyCode.END);
        await().atMost(SOON).until(() -> enabled(robot, "#back"));
        keyboard.tab("#back");
        keyboard.press(KeyCode.SPACE);
        keyboard.is("Cancel");
        keyboard.tab("#act");
        window.pictures(robot, "releases-back");
        keyboard.press(KeyCode.SPACE);
        keyboard.is("#list");
        PolicyProposal back = ann.client().policies().proposals().stream()
                .filter(each -> each.shortName().startsWith("back-to-" + hidesWards.substring(0, 7)))
                .findFirst()
                .map(each -> ann.client().policies().proposal(each.shortName()))
                .orElseThrow();
        assertThat(back.bundle())
                .isEqualTo(BundleFiles.of(clone.files().of(hidesWards)).digest().toString());
        assertThat(back.state()).isEqualTo("open");
        assertThat(back.continuesMain()).isTrue();
    }

    private void nothingIsSaidWhileTheConnectionIsLost(FxRobot robot) {
        await().atMost(SOON).until(() -> window.connection.state().get() == Connection.State.LOST);
        WaitForAsyncUtils.waitForFxEvents();
        for (String button : List.of("#approve", "#reject", "#comment")) {
            assertThat(enabled(robot, button)).as(button).isFalse();
            assertThat(robot.lookup(button).queryButton().getAccessibleHelp())
                    .isEqualTo("The connection is lost: nothing can be changed until the appliance answers again.");
        }
        assertThat(robot.lookup("#lostText").queryLabeled().getText())
                .startsWith("The connection is lost. What you see is as of 20");
        assertThat(Window.shows(robot, "#title"))
                .as("what is on screen stays there")
                .isTrue();
        assertThat(robot.lookup("#list").queryListView().getItems()).hasSize(3);
        window.pictures(robot, "review-lost");
    }

    private static CodeArea area(FxRobot robot) {
        return robot.lookup(".editor").queryAs(CodeArea.class);
    }

    private static boolean enabled(FxRobot robot, String query) {
        return Window.finds(() -> robot.lookup(query).queryAll().stream().anyMatch(node -> !node.isDisabled()));
    }

    private static void press(FxRobot robot, String query) {
        robot.interact(() -> robot.lookup(query).queryAs(Button.class).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Types into the dialog that is open, and presses its button. */
    private static void answer(FxRobot robot, String text) {
        await().atMost(SOON).until(() -> Window.shows(robot, "#asked"));
        robot.interact(() -> {
            robot.lookup("#asked").queryAs(TextInputControl.class).setText(text);
            robot.lookup("#act").queryAs(Button.class).fire();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
