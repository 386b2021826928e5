package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** An officer who has no mouse. What cannot be reached from where the keyboard is fails the test. */
public final class Keyboard {
    private static final Duration SOON = Duration.ofMinutes(1);

    /** More often nobody presses a key to come to one thing on one screen. */
    private static final int FAR = 60;

    private final Window window;
    private final FxRobot robot;

    public Keyboard(Window window, FxRobot robot) {
        this.window = window;
        this.robot = robot;
    }

    /** Presses the last of these while the others are held. */
    public void press(KeyCode... keys) {
        robot.press(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.release(keys[i]);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Types a text where the keyboard is. */
    public void write(String text) {
        robot.write(text, 0);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Where the keyboard is. */
    public @Nullable Node at() {
        Node[] found = new Node[1];
        robot.interact(() -> found[0] = window.scene.getFocusOwner());
        return found[0];
    }

    private boolean at(String query) {
        return at(at(), query);
    }

    private boolean at(@Nullable Node node, String query) {
        return node != null
                && (robot.lookup(query).queryAll().contains(node)
                        || node instanceof Labeled labeled && query.equals(labeled.getText()));
    }

    /** Waits until the keyboard is at what the query names, without anything that leads there. */
    public void is(String query) {
        await().atMost(SOON).untilAsserted(() -> assertThat(at(query))
                .as("the keyboard is at " + query + ", not at " + at())
                .isTrue());
    }

    /** Goes by Tab to what the query names. */
    public void tab(String query) {
        walk(query, KeyCode.TAB);
    }

    /** Goes back by Shift+Tab to what the query names. */
    public void tabBack(String query) {
        walk(query, KeyCode.SHIFT, KeyCode.TAB);
    }

    private void walk(String query, KeyCode... keys) {
        List<String> by = new ArrayList<>();
        for (int i = 0; i < FAR; i++) {
            if (at(query)) {
                return;
            }
            by.add(String.valueOf(at()));
            press(keys);
        }
        throw new AssertionError(query + " cannot be reached, only\n" + String.join("\n", by));
    }

    /** Goes down the menu that is open to the item that begins so, and chooses it. */
    public void item(String words) {
        List<String> by = new ArrayList<>();
        for (int i = 0; i < FAR; i++) {
            Set<Labeled> focused = robot.lookup(".menu-item:focused .label").queryAllAs(Labeled.class);
            if (focused.stream().anyMatch(label -> label.getText().startsWith(words))) {
                press(KeyCode.ENTER);
                return;
            }
            focused.forEach(label -> by.add(label.getText()));
            press(KeyCode.DOWN);
        }
        throw new AssertionError("there is no item " + words + ", only\n" + String.join("\n", by));
    }

    /** Goes down the table or list that the keyboard is at, from its top, to a row, which is chosen then. */
    public void row(Predicate<Object> which) {
        List<String> by = new ArrayList<>();
        press(KeyCode.HOME);
        for (int i = 0; i < FAR; i++) {
            Object row = chosen();
            if (row != null && which.test(row)) {
                return;
            }
            by.add(String.valueOf(row));
            press(KeyCode.DOWN);
        }
        throw new AssertionError("there is no such row, only\n" + String.join("\n", by));
    }

    private @Nullable Object chosen() {
        Object[] found = new Object[1];
        robot.interact(() -> {
            Node at = window.scene.getFocusOwner();
            if (at instanceof TableView<?> table) {
                found[0] = table.getSelectionModel().getSelectedItem();
            } else if (at instanceof ListView<?> list) {
                found[0] = list.getSelectionModel().getSelectedItem();
            }
        });
        return found[0];
    }

    /** Does something by the palette of commands. */
    public void palette(String words) {
        press(KeyCode.CONTROL, KeyCode.K);
        is("#palette-typed");
        write(words);
        press(KeyCode.ENTER);
    }
}
