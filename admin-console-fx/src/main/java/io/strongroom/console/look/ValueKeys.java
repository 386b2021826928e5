package io.strongroom.console.look;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * Values that can be copied, by a menu or by Ctrl+C. Of those that belong together Tab comes by one alone: where one was
 * last; the arrows go to the others.
 */
public final class ValueKeys {
    public static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final String word;
    private final List<Label> values = new ArrayList<>();

    /** @param word what the menu of a value says, such as <i>Copy</i> */
    public ValueKeys(String word) {
        this.word = word;
    }

    /** Puts it on the clipboard. */
    public static void copy(String value) {
        ClipboardContent content = new ClipboardContent();
        content.putString(value);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** An item of a menu that copies a value. */
    public static MenuItem item(String word, String value) {
        MenuItem copy = new MenuItem(word);
        copy.setOnAction(asked -> copy(value));
        return copy;
    }

    /** The next of them. */
    public void add(Label value) {
        value.setOnContextMenuRequested(asked -> {
            if (!asked.isKeyboardTrigger()) {
                menu(value).show(value, asked.getScreenX(), asked.getScreenY());
            }
            asked.consume();
        });
        value.getStyleClass().add("copied");
        value.setFocusTraversable(values.isEmpty());
        value.focusedProperty().subscribe(focused -> {
            if (focused) {
                values.forEach(each -> each.setFocusTraversable(each == value));
            }
        });
        value.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (pressed(event, value)) {
                event.consume();
            }
        });
        values.add(value);
    }

    /** A window of its own: made when it is asked for. */
    private ContextMenu menu(Label value) {
        ContextMenu menu = new ContextMenu(item(word, value.getText()));
        menu.setAutoHide(true);
        return menu;
    }

    /** Which of them has the keyboard, counted from 0; -1 where none has. */
    int at() {
        return values.stream().map(Label::isFocused).toList().indexOf(true);
    }

    /** Gives the keyboard to the one of this place, if there is one. */
    void at(int place) {
        if (place >= 0 && place < values.size()) {
            values.get(place).requestFocus();
        }
    }

    private boolean pressed(KeyEvent event, Label value) {
        if (COPY.match(event)) {
            copy(value.getText());
            return true;
        }
        if (event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown()) {
            menu(value).show(value, Side.BOTTOM, 0, 0);
            return true;
        }
        return switch (event.getCode()) {
            case UP -> go(values.indexOf(value) - 1);
            case DOWN -> go(values.indexOf(value) + 1);
            default -> false;
        };
    }

    private boolean go(int place) {
        if (place < 0 || place >= values.size()) {
            return false;
        }
        values.get(place).requestFocus();
        bringIntoSight(values.get(place));
        return true;
    }

    private static void bringIntoSight(Node value) {
        for (@Nullable Node at = value; at != null; at = at.getParent()) {
            if (at instanceof ScrollPane pane) {
                Bounds place = pane.getContent().sceneToLocal(value.localToScene(value.getLayoutBounds()));
                double seen = pane.getViewportBounds().getHeight();
                double hidden = pane.getContent().getLayoutBounds().getHeight() - seen;
                double top = pane.getVvalue() * hidden;
                if (hidden > 0 && (place.getMinY() < top || place.getMaxY() > top + seen)) {
                    pane.setVvalue((place.getCenterY() - seen / 2) / hidden);
                }
                return;
            }
        }
    }
}
