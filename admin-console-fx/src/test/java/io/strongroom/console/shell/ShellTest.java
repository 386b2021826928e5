package io.strongroom.console.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.console.Keyboard;
import io.strongroom.console.Window;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.desk.Times;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class ShellTest {
    @TempDir
    Path home;

    private final List<String> heard = new ArrayList<>();
    private Window window;
    private Room packs;
    private Room explorer;

    /** A screen that tells what it is asked, and has two buttons. */
    private final class Room implements Screen {
        private final String id;
        private final Group group;
        private final VBox view;
        private final Button second;
        private final VBox content;
        private final SimpleObjectProperty<@Nullable String> whyNot = new SimpleObjectProperty<>();

        Room(String id, Group group, Times times) {
            this.id = id;
            this.group = group;
            Button first = new Button("first");
            first.setId(id + "-first");
            second = new Button("second");
            second.setId(id + "-second");
            second.setUserData(Landing.FIRST);
            second.setOnAction(pressed -> heard.add("second in " + id));
            Button barred = new Button("third");
            barred.setDisable(true);
            barred.setAccessibleHelp("Choose something first.");
            Tab one = new Tab("one", new Button("on one"));
            Tab two = new Tab("two", new Button("on two"));
            TabPane pages = new TabPane(one, two);
            pages.setFocusTraversable(false);
            Button own = new Button("Count the records …");
            this.content = new VBox(first, second, barred, own, pages);
            this.view = new VBox(new Label("in " + id), content);
            times.whenTold(view, () -> heard.add("times in " + id));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Group group() {
            return group;
        }

        @Override
        public Ikon icon() {
            return Material2OutlinedAL.LIST;
        }

        @Override
        public Parent view() {
            return view;
        }

        @Override
        public void shown(String what) {
            heard.add(id + " " + what);
        }

        @Override
        public void hidden() {
            heard.add(id + " left");
        }

        @Override
        public List<Action> actions() {
            return List.of(
                    new Action(
                            "Count the records",
                            new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN),
                            () -> heard.add("counted in " + id)),
                    new Action("New thing", null, () -> heard.add("made in " + id), whyNot).beginning());
        }

        @Override
        public List<String> onceChosen() {
            return List.of("Throw away");
        }
    }

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    packs = new Room("packs", Group.EVIDENCE, desk.times());
                    explorer = new Room("explorer", Group.EVIDENCE, desk.times());
                    return List.of(packs, explorer);
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void entered(FxRobot robot) {
        robot.interact(() -> window.connection.enter(Window.ann()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void beforeAnybodyIsSignedInOnlyTheWayInIsSeen(FxRobot robot) {
        assertThat(Window.shows(robot, "Connect")).isTrue();
        assertThat(Window.shows(robot, "#navigation")).isFalse();
        window.pictures(robot, "signin-appliance");
    }

    @Test
    void theKeyboardGoesToScreensAndBack(FxRobot robot) {
        entered(robot);
        assertThat(heard).containsExactly("packs ");
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).release(KeyCode.CONTROL);
        assertThat(heard).endsWith("packs left", "explorer ");
        robot.interact(() -> window.desk.navigator().go(new Spot("packs", "p1")));
        robot.press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        assertThat(heard).endsWith("packs p1", "packs left", "explorer ");
        robot.press(KeyCode.ALT).type(KeyCode.RIGHT).release(KeyCode.ALT);
        assertThat(heard).endsWith("explorer left", "packs p1");
        assertThat(Window.shows(robot, "in packs")).isTrue();
        robot.press(KeyCode.CONTROL).type(KeyCode.D).release(KeyCode.CONTROL);
        assertThat(heard).endsWith("counted in packs");
    }

    @Test
    void timesThatNobodySeesAreWrittenAnewOnceTheyAreShown(FxRobot robot) {
        entered(robot);
        robot.interact(() -> window.desk.navigator().go(Spot.of("explorer")));
        heard.clear();
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.U).release(KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(heard).containsExactly("times in explorer");
        robot.interact(() -> window.desk.navigator().go(Spot.of("packs")));
        assertThat(heard).containsOnlyOnce("times in packs");

        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.U).release(KeyCode.SHIFT, KeyCode.CONTROL);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.U).release(KeyCode.SHIFT, KeyCode.CONTROL);
        heard.clear();
        robot.interact(() -> window.desk.navigator().go(Spot.of("explorer")));
        assertThat(heard).as("there and back").containsExactly("packs left", "explorer ");
    }

    @Test
    void oneBeginsWithWhatOneWorksWithFirstAndComesBackToWhereOneWas(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        keyboard.is("#packs-second");
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        keyboard.is("#explorer-second");
        keyboard.tabBack("#explorer-first");
        keyboard.palette("go to evidence packs");
        keyboard.is("#packs-second");
        keyboard.press(KeyCode.ALT, KeyCode.LEFT);
        keyboard.is("#explorer-first");
        robot.interact(() -> window.desk.navigator().go(new Spot("packs", "p1")));
        robot.interact(() -> window.desk.navigator().go(new Spot("explorer", "e1")));
        keyboard.is("#explorer-second");
        keyboard.tab("#go-explorer");
        keyboard.press(KeyCode.UP);
        keyboard.press(KeyCode.SPACE);
        keyboard.is("#packs-second");
    }

    @Test
    void whatComesLaterGetsTheKeyboardUnlessOneWentElsewhereMeanwhile(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        robot.interact(() -> explorer.content.setVisible(false));
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        keyboard.is("#screen");
        robot.interact(() -> explorer.content.setVisible(true));
        keyboard.is("#explorer-second");
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.interact(() -> explorer.content.setVisible(false));
        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        keyboard.tabBack("#go-explorer");
        robot.interact(() -> explorer.content.setVisible(true));
        WaitForAsyncUtils.waitForFxEvents();
        keyboard.is("#go-explorer");
    }

    @Test
    void whatGoesAwayForAMomentHasTheKeyboardAgainWhenItIsBack(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        keyboard.tabBack("#packs-first");
        keyboard.tab("#packs-second");
        robot.interact(() -> packs.second.setDisable(true));
        await().until(() -> keyboard.at() != packs.second);
        robot.interact(() -> packs.second.setDisable(false));
        keyboard.is("#packs-second");
        robot.interact(() -> packs.content.setVisible(false));
        await().until(() -> keyboard.at() != packs.second);
        robot.interact(() -> packs.content.setVisible(true));
        keyboard.is("#packs-second");
    }

    @Test
    void thePaletteFindsWhatOneTypes(FxRobot robot) {
        entered(robot);
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("cou rec");
        window.pictures(robot, "shell-palette");
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(heard).endsWith("counted in packs");
        assertThat(Window.shows(robot, "#palette-typed")).isFalse();
    }

    @Test
    void thePaletteOffersWhatTheScreenDoesByItsButtonsAndPages(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        assertThat(offered(robot)).containsOnlyOnce("Count the records", "first", "second", "third", "Page two");
        assertThat(offered(robot)).doesNotContain("Count the records …", "Page one", "on two");
        assertThat(offered(robot))
                .as("what is done here before what is done everywhere")
                .containsSubsequence("second", "Sign out");
        keyboard.press(KeyCode.ESCAPE);
        keyboard.palette("second");
        assertThat(heard).endsWith("second in packs");
        keyboard.palette("third");
        assertThat(Window.shows(robot, "Choose something first.")).isTrue();
        keyboard.press(KeyCode.ESCAPE);
        keyboard.palette("page two");
        assertThat(offered(robot)).contains("on two", "Page one").doesNotContain("on one");
    }

    @Test
    void whatIsBegunOnAnotherScreenIsDoneThere(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        robot.interact(() -> window.desk.navigator().go(Spot.of("explorer")));
        keyboard.palette("new thing evidence");
        assertThat(heard).endsWith("explorer left", "packs ", "made in packs");
        keyboard.press(KeyCode.ALT, KeyCode.LEFT);
        assertThat(heard).endsWith("packs left", "explorer ");
    }

    @Test
    void whatAnotherScreenDoesNotKnowYetIsWaitedForUnlessOneDoesSomethingElse(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        robot.interact(() -> explorer.whyNot.set(""));
        keyboard.palette("new thing audit");
        assertThat(heard).endsWith("explorer ");
        robot.interact(() -> explorer.whyNot.set(null));
        assertThat(heard).endsWith("made in explorer");

        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.interact(() -> explorer.whyNot.set(""));
        keyboard.palette("new thing audit");
        keyboard.press(KeyCode.SHIFT);
        robot.interact(() -> explorer.whyNot.set(null));
        assertThat(heard).endsWith("packs left", "explorer ");

        keyboard.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.interact(() -> explorer.whyNot.set(""));
        keyboard.palette("new thing audit");
        robot.interact(() -> explorer.whyNot.set("There is nothing to make it of."));
        assertThat(heard).endsWith("packs left", "explorer ");
        assertThat(Window.shows(robot, "There is nothing to make it of.")).isTrue();
    }

    @Test
    void whatCannotBeBegunOnAnotherScreenSaysWhyAndIsNotDone(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        robot.interact(() -> explorer.whyNot.set("Not for you."));
        keyboard.palette("new thing audit");
        assertThat(Window.shows(robot, "Audit explorer: Not for you.")).isTrue();
        assertThat(heard).containsExactly("packs ");
    }

    @Test
    void whatNeedsAChoiceOnAnotherScreenLeadsThere(FxRobot robot) {
        Keyboard keyboard = new Keyboard(window, robot);
        entered(robot);
        keyboard.palette("throw away");
        assertThat(heard).endsWith("packs left", "explorer ");
        keyboard.palette("count audit");
        assertThat(Window.shows(robot, "Nothing of that name. Try fewer letters."))
                .isTrue();
        keyboard.press(KeyCode.ESCAPE);
        keyboard.palette("count evidence");
        assertThat(heard).endsWith("explorer left", "packs ");
    }

    private List<String> offered(FxRobot robot) {
        if (!Window.shows(robot, "#palette-list")) {
            robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
            WaitForAsyncUtils.waitForFxEvents();
        }
        List<String> names = new ArrayList<>();
        robot.interact(() -> robot.lookup("#palette-list").<ListView<Offer>>query().getItems().stream()
                .filter(offer -> offer.screen().isEmpty())
                .forEach(offer -> names.add(offer.action().name())));
        return names;
    }

    @Test
    void theMenuOfASmallButtonIsWrittenAsLargeAsOthers(FxRobot robot) {
        entered(robot);
        robot.interact(
                () -> robot.lookup("#environment").queryAs(MenuButton.class).show());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup(".menu-item .label").queryAllAs(Label.class))
                .extracting(label -> label.getFont().getSize())
                .hasSize(3)
                .allMatch(size -> size > 14);
        robot.type(KeyCode.ESCAPE);
    }

    @Test
    void theSheetOfKeysIsClosedByEscape(FxRobot robot) {
        entered(robot);
        robot.type(KeyCode.F1);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "Count the records")).isTrue();
        window.pictures(robot, "shell-keys");
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(Window.shows(robot, "Count the records")).isFalse();
    }

    @Test
    void whatLiesOverTheWindowIsDrawnOnlyWhileSomethingDoes(FxRobot robot) {
        entered(robot);
        Node overlay = window.scene.getRoot().lookup("#overlay");
        assertThat(overlay.isVisible()).isFalse();
        robot.type(KeyCode.F1);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(overlay.isVisible()).isTrue();
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(overlay.isVisible()).isFalse();
    }

    @Test
    void theGuideIsOpenedFromTheSheetOfKeysAndFromThePalette(FxRobot robot) {
        entered(robot);
        robot.type(KeyCode.F1);
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> robot.lookup("#open-guide").queryButton().fire());
        assertThat(window.guideOpened).hasValue(1);
        robot.type(KeyCode.ESCAPE);
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("open guide").type(KeyCode.ENTER);
        assertThat(window.guideOpened).hasValue(2);
    }

    @Test
    void whereTheKeyboardIsIsSeenOnEveryControlThatItReaches(FxRobot robot) {
        entered(robot);
        Set<Node> reached = new HashSet<>();
        robot.type(KeyCode.TAB);
        while (reached.add(window.scene.getFocusOwner())) {
            if (window.scene.getFocusOwner() instanceof Region region) {
                assertThat(region.getBorder()).as("the ring of " + region).isNotNull();
            }
            if (reached.size() == 3) {
                window.pictures(robot, "shell-focus");
            }
            robot.type(KeyCode.TAB);
        }
        assertThat(reached).hasSizeGreaterThan(4);
    }
}
