package io.strongroom.console;

import static org.awaitility.Awaitility.await;

import io.strongroom.api.SignInRequest;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** An officer at the window of a test, who has a keyboard and some patience. */
public final class Hands {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private final Window window;
    private final FxRobot robot;

    public Hands(Window window, FxRobot robot) {
        this.window = window;
        this.robot = robot;
    }

    /** Signs in, and goes to a screen. */
    public void enter(RealAppliance real, RealOfficer officer, String screen) {
        Connection.Who who = window.connection.signIn(
                new Appliance(real.address(), real.fingerprint()),
                new SignInRequest(officer.id(), RealOfficer.PASSWORD, officer.code()));
        robot.interact(() -> window.connection.enter(who));
        go(Spot.of(screen));
    }

    public void go(Spot spot) {
        robot.interact(() -> window.desk.navigator().go(spot));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Waits until it holds. */
    public void until(Callable<Boolean> holds) {
        await().atMost(SOON).until(holds);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Waits until this text, or the node of this query, can be seen. */
    public void sees(String query) {
        until(() -> Window.shows(robot, query));
    }

    /** Asks again by F5 until it holds. */
    public void refreshing(Callable<Boolean> holds) {
        await().atMost(SOON).pollInterval(A_MOMENT).until(() -> {
            robot.type(KeyCode.F5);
            WaitForAsyncUtils.waitForFxEvents();
            return holds.call();
        });
    }

    /** Does something by the palette of commands. */
    public void palette(String words) {
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write(words).type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The button of this query that can be seen. */
    public Button button(String query) {
        return robot.lookup(query).queryAll().stream()
                .filter(Button.class::isInstance)
                .filter(Window::seen)
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + query + " to be seen"));
    }

    public boolean enabled(String query) {
        return robot.lookup(query).queryAll().stream()
                .anyMatch(node -> node instanceof Button && Window.seen(node) && !node.isDisabled());
    }

    /** Waits until a button can be pressed, and presses it by the space bar. */
    public void press(String query) {
        until(() -> enabled(query));
        robot.interact(() -> button(query).requestFocus());
        robot.type(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Presses the button of the question that is open: the keyboard is where nothing happens, and what does it is next. */
    public void confirm() {
        sees("#act");
        robot.type(KeyCode.TAB).type(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Ticks the box, or takes its tick away, whose text begins so. */
    public void tick(String word) {
        robot.interact(() -> robot.lookup(".check-box").queryAllAs(CheckBox.class).stream()
                .filter(box -> box.getText().startsWith(word))
                .forEach(CheckBox::fire));
    }

    /** What is shown this once; then it is closed. */
    public String once(String query) {
        sees(query);
        String shown = robot.lookup(query).queryAs(TextArea.class).getText();
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        return shown;
    }

    /** Opens the page of this name, wherever there is one. */
    public void page(String name) {
        robot.interact(() -> robot.lookup(".tab-pane").queryAllAs(TabPane.class).forEach(pane -> pane.getTabs().stream()
                .filter(tab -> tab.getText().equals(name))
                .forEach(pane.getSelectionModel()::select)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What the table of this name holds; nothing where it is not there. */
    public List<Object> rows(String name) {
        return robot.lookup(".table-view").queryAllAs(TableView.class).stream()
                .filter(table -> name.equals(table.getAccessibleText()))
                .findFirst()
                .map(table -> List.<Object>copyOf(table.getItems()))
                .orElse(List.of());
    }

    /** Waits for a row, and chooses it. */
    public void choose(String name, Predicate<Object> which) {
        until(() -> rows(name).stream().anyMatch(which));
        robot.interact(() -> robot.lookup(".table-view").queryAllAs(TableView.class).stream()
                .filter(table -> name.equals(table.getAccessibleText()))
                .forEach(table -> choose(table, which)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @SuppressWarnings("unchecked") // whatever the rows are
    private static void choose(TableView<?> table, Predicate<Object> which) {
        ((TableView<Object>) table)
                .getItems().stream()
                        .filter(which)
                        .findFirst()
                        .ifPresent(((TableView<Object>) table).getSelectionModel()::select);
    }
}
