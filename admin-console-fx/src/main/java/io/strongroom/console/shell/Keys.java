package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Dialogs;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.desk.Times;
import io.strongroom.console.text.Texts;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What each key does while somebody is signed in: the window's own keys first, then the screen's. */
record Keys(
        ShellViewModel model,
        Dialogs dialogs,
        Overlay overlay,
        Runnable palette,
        Texts texts,
        Runnable theme,
        Times times,
        @Nullable Runnable guide) {
    private static final int SCREENS = 9;
    private static final KeyCombination PALETTE = new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination FORWARD = new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);
    private static final KeyCombination SHEET = new KeyCodeCombination(KeyCode.F1);
    private static final KeyCombination REFRESH = new KeyCodeCombination(KeyCode.F5);
    /** Between light and dark. */
    static final KeyCombination THEME =
            new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    /** Between UTC and local times. */
    static final KeyCombination TIMES =
            new KeyCodeCombination(KeyCode.U, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    /** The key of a screen by its place in the navigation, from 0; null for those after the ninth. */
    static @Nullable KeyCombination ofScreen(int place) {
        return place >= SCREENS
                ? null
                : new KeyCodeCombination(
                        KeyCode.values()[KeyCode.DIGIT1.ordinal() + place], KeyCombination.SHORTCUT_DOWN);
    }

    void pressed(KeyEvent event) {
        Screen shown = model.current().get();
        if (shown == null || overlay.open()) {
            return;
        }
        if (PALETTE.match(event)) {
            palette.run();
        } else if (BACK.match(event)) {
            model.back();
        } else if (FORWARD.match(event)) {
            model.forward();
        } else if (SHEET.match(event)) {
            KeySheet.show(overlay, texts, shown.actions(), guide);
        } else if (REFRESH.match(event)) {
            shown.refresh();
        } else if (THEME.match(event)) {
            theme.run();
        } else if (TIMES.match(event)) {
            times.local().set(!times.local().get());
        } else if (!screens(event) && !ofScreen(event, shown)) {
            return;
        }
        event.consume();
    }

    /** Ctrl+1 to Ctrl+9 go to the first nine screens. */
    private boolean screens(KeyEvent event) {
        if (!event.isShortcutDown() || event.isShiftDown() || event.isAltDown()) {
            return false;
        }
        int number = event.getCode().ordinal() - KeyCode.DIGIT1.ordinal();
        if (number < 0 || number >= SCREENS || number >= model.screens().size()) {
            return false;
        }
        model.go(Spot.of(model.screens().get(number).id()));
        return true;
    }

    private static boolean ofScreen(KeyEvent event, Screen shown) {
        for (Action action : shown.actions()) {
            if (action.key() != null && action.key().match(event)) {
                action.perform();
                return true;
            }
        }
        return false;
    }
}
