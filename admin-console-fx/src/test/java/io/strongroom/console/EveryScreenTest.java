package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Role;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** All screens of the console, on a real appliance, for somebody who has no mouse. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class EveryScreenTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int FAR = 120;

    /** That so many controls were looked for says that the test looks. */
    private static final int MANY = 150;

    @TempDir
    Path home;

    private Window window;
    private int seen;

    @Start
    private void start(Stage stage) {
        window = Window.ofAllScreens(stage, home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void hasTheKeyboardWhenItIsShownAndNothingOnItIsOutOfReachOfTabAndKeepsNoPictures(FxRobot robot) {
        RealOfficer kim = RealAppliance.ann().invites("kim@example.com", "Kim Sol", Role.values());
        Hands hands = new Hands(window, robot);
        hands.enter(RealAppliance.shared(), kim, "system");
        List<String> unreached = new ArrayList<>();
        List<Node> kept = new ArrayList<>();
        for (Screen screen : window.screens()) {
            hands.go(Spot.of(screen.id()));
            settled(screen);
            Node first = owner(robot);
            if (first == null || !within(first, screen.view())) {
                unreached.add(screen.id() + " has not the keyboard, but " + first);
            }
            walk(robot, screen, screen.id(), unreached);
            for (TabPane pane : robot.from(screen.view()).lookup(".tab-pane").queryAllAs(TabPane.class)) {
                for (Tab tab : pane.getTabs().subList(1, pane.getTabs().size())) {
                    robot.interact(() -> pane.getSelectionModel().select(tab));
                    settled(screen);
                    walk(robot, screen, screen.id() + ", " + tab.getText(), unreached);
                }
                robot.interact(() -> pane.getSelectionModel().selectFirst());
            }
            robot.interact(() -> kept.addAll(pictures(screen)));
        }
        assertThat(unreached).isEmpty();
        assertThat(kept).isEmpty();
        assertThat(seen).isGreaterThan(MANY);
    }

    /** What is kept as a picture on a screen, which costs its place in memory while others are shown. */
    private static List<Node> pictures(Screen screen) {
        return screen.view().lookupAll("*").stream()
                .filter(Node::isCache)
                .filter(node -> !(node.getParent().getParent() instanceof TextArea))
                .toList();
    }

    /** Waits until nothing is on its way any more. */
    private static void settled(Screen screen) {
        WaitForAsyncUtils.waitForFxEvents();
        await().atMost(SOON)
                .until(() -> Window.finds(() -> screen.view().lookupAll(".progress-indicator").stream()
                        .noneMatch(node -> Window.seen(node) && ((ProgressIndicator) node).isIndeterminate())));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private @Nullable Node owner(FxRobot robot) {
        Node[] found = new Node[1];
        robot.interact(() -> found[0] = window.scene.getFocusOwner());
        return found[0];
    }

    /** Goes all the way round, and says what was not come by. */
    private void walk(FxRobot robot, Screen screen, String where, List<String> unreached) {
        robot.interact(() -> {
            Set<Node> reached = new LinkedHashSet<>();
            Node at = window.scene.getFocusOwner();
            for (int i = 0; i < FAR && at != null && reached.add(at); i++) {
                boolean writes = at instanceof TextInputControl text && text.isEditable()
                        || at instanceof CodeArea code && code.isEditable();
                Event.fireEvent(
                        at, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, writes, false, false));
                at = window.scene.getFocusOwner();
            }
            List<Node> used = used(screen.view());
            seen += used.size();
            used.stream().filter(node -> !reached.contains(node)).forEach(node -> unreached.add(where + ": " + node));
        });
    }

    /** What somebody with a mouse could use there. */
    private static List<Node> used(Parent view) {
        List<Node> found = new ArrayList<>();
        add(view, found);
        return found;
    }

    private static void add(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        boolean whole = node instanceof ButtonBase
                || node instanceof TextInputControl
                || node instanceof ComboBoxBase
                || node instanceof ChoiceBox
                || node instanceof Spinner
                || node instanceof TableView
                || node instanceof ListView
                || node instanceof TreeView;
        // Of days and of spans the arrows reach the others.
        boolean other = node instanceof ToggleButton toggle && toggle.getToggleGroup() != null && !toggle.isSelected();
        if (whole && !other || node instanceof TabPane || node instanceof CodeArea) {
            found.add(node);
        }
        if (!whole && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> add(child, found));
        }
    }

    private static boolean within(Node node, Node container) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at == container) {
                return true;
            }
        }
        return false;
    }
}
