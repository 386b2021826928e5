package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Role;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What every screen is there for can be begun from Today by the palette, on a real appliance. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class PaletteTest {
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

    private Hands enter(FxRobot robot, RealOfficer officer) {
        Hands hands = new Hands(window, robot);
        hands.enter(RealAppliance.shared(), officer, "today");
        return hands;
    }

    @Test
    void whatAScreenIsThereForIsBegunFromToday(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann().invites("pat@example.com", "Pat Lee", Role.values()));
        begins(robot, hands, "evidence pack", "packs", "#scopePage");
        begins(robot, hands, "keep this question", "explorer", "A name for it");
        begins(robot, hands, "pack of what is shown", "explorer", "Purpose; it stands in the pack and in the ledger");
        begins(robot, hands, "new draft", "workspace", "Its name: 1 to 64 of a-z, 0-9 and -, such as mask-email");
        begins(robot, hands, "enrolment code", "devices", "Holds for so many minutes");
        begins(robot, hands, "device group", "devices", "An officer lets each new device in");
        begins(robot, hands, "invite", "people", "Id, as approvals will name them");
        begins(robot, hands, "service token", "people", "Sources that it may write, with commas");
        begins(robot, hands, "make a key", "people", "Passphrase");
        begins(robot, hands, "build search", "system", "#act");
        begins(robot, hands, "verify the chain", "chain", ".headline.holds");
        begins(robot, hands, "try an example", "masking", "#table");
        assertThat(robot.from(view("masking"))
                        .lookup("#sample")
                        .queryAs(TextArea.class)
                        .getText())
                .isNotBlank();
    }

    private void begins(FxRobot robot, Hands hands, String words, String screen, String seen) {
        hands.go(Spot.of("today"));
        hands.palette(words);
        hands.sees(seen);
        assertThat(Window.seen(view(screen))).as(words + " is of " + screen).isTrue();
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void whatNeedsAChoiceLeadsToWhereOneChooses(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann());
        for (String[] each : new String[][] {
            {"device: revoke", "devices"},
            {"acknowledge", "incidents"},
            {"download", "packs"},
            {"approve", "review"},
            {"bring into force", "releases"},
            {"disable", "people"},
            {"save document", "system"},
            {"show its seal", "chain"},
            {"save report", "verifier"}
        }) {
            hands.go(Spot.of("today"));
            hands.palette(each[0]);
            assertThat(Window.seen(view(each[1])))
                    .as(each[0] + " leads to " + each[1])
                    .isTrue();
            assertThat(Window.shows(robot, "#act"))
                    .as(each[0] + " asks nothing")
                    .isFalse();
        }
    }

    @Test
    @Tag("story")
    void inGermanItIsFoundByItsGermanName(FxRobot robot) {
        window.close();
        robot.interact(
                () -> window = new Window(stage, desk -> ConsoleScreens.of(desk, home), null, Locale.GERMAN, home));
        Hands hands = enter(robot, RealAppliance.ann());
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("paket");
        WaitForAsyncUtils.waitForFxEvents();
        window.pictures(robot, "palette-german");
        robot.type(KeyCode.ESCAPE);
        begins(robot, hands, "neues beweispaket", "packs", "#scopePage");
        begins(robot, hands, "aufnahmecode", "devices", "Gilt so viele Minuten");
        hands.go(Spot.of("today"));
        hands.palette("freigeben");
        assertThat(Window.seen(view("review"))).isTrue();
    }

    @Test
    void whatTheRulesDoNotAllowIsNotBegun(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ben());
        hands.palette("enrolment code");
        assertThat(Window.shows(robot, "Devices: The rules in force do not allow your roles this (devices.manage)."))
                .isTrue();
        window.pictures(robot, "palette-forbidden");
        assertThat(Window.seen(view("today"))).isTrue();
    }

    @Test
    void nothingIsThereTwiceAndNothingHasAnotherNameThanItsButton(FxRobot robot) {
        Hands hands = enter(robot, RealAppliance.ann());
        for (Screen screen : window.screens()) {
            hands.go(Spot.of(screen.id()));
            List<String> offered = offered(robot);
            assertThat(offered).as("on " + screen.id()).doesNotHaveDuplicates().hasSizeGreaterThan(40);
            assertThat(words(screen.view())).as("the buttons of " + screen.id()).containsAll(named(screen));
        }
    }

    /** What it says is done once something is chosen, but for what has its button only where there is something to choose. */
    private static List<String> named(Screen screen) {
        return screen.onceChosen().stream()
                .filter(name -> !name.equals("Bring into force"))
                .toList();
    }

    /** Each with the screen that it is of, as it is read: an ellipsis makes no other of it. */
    private List<String> offered(FxRobot robot) {
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        List<String> lines = new ArrayList<>();
        robot.interact(() -> robot.lookup("#palette-list").<ListView<?>>query().getItems().stream()
                .map(Object::toString)
                .map(line -> line.toLowerCase(Locale.ROOT).replace("…", "").strip())
                .forEach(lines::add));
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        return lines;
    }

    /** What is written on anything there, on all its pages. */
    private static Set<String> words(Parent view) {
        Set<String> words = new HashSet<>();
        add(view, words);
        return words;
    }

    private static void add(Node node, Set<String> words) {
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            words.add(labeled.getText().replace("_", ""));
        }
        Stream<Node> pages = node instanceof TabPane tabs
                ? tabs.getTabs().stream().map(tab -> tab.getContent()).filter(Objects::nonNull)
                : Stream.empty();
        Stream<Node> inside =
                node instanceof Parent parent ? parent.getChildrenUnmodifiable().stream() : Stream.empty();
        Stream.concat(pages, inside).forEach(each -> add(each, words));
    }

    private Parent view(String screen) {
        Parent[] found = new Parent[1];
        WaitForAsyncUtils.waitForAsyncFx(
                10_000,
                () -> found[0] = window.screens().stream()
                        .filter(each -> each.id().equals(screen))
                        .findFirst()
                        .orElseThrow()
                        .view());
        return found[0];
    }
}
