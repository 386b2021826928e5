package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Dialogs;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Begins on another screen what was chosen here: goes there, and does it as soon as that screen knows that it can be done, or
 * says why it cannot. Whoever does something else meanwhile wants it no more.
 */
final class Beginning {
    private final ShellViewModel model;
    private final Dialogs dialogs;
    private Subscription waiting = Subscription.EMPTY;

    /** @param window what hears whatever the officer does */
    Beginning(ShellViewModel model, Dialogs dialogs, Node window) {
        this.model = model;
        this.dialogs = dialogs;
        model.current().subscribe(now -> forget());
        window.addEventFilter(KeyEvent.KEY_PRESSED, pressed -> forget());
        window.addEventFilter(MouseEvent.MOUSE_PRESSED, pressed -> forget());
    }

    void on(Screen screen, Action action) {
        model.go(Spot.of(screen.id()));
        ObservableValue<@Nullable String> whyNot = action.whyNot();
        if (isUnknown(action.reason()) && whyNot != null) {
            waiting = whyNot.subscribe(() -> known(action));
        } else {
            known(action);
        }
    }

    private void known(Action action) {
        String why = action.reason();
        if (isUnknown(why)) {
            return;
        }
        forget();
        if (why == null) {
            action.run().run();
        } else {
            dialogs.told(why);
        }
    }

    private static boolean isUnknown(@Nullable String reason) {
        return reason != null && reason.isEmpty();
    }

    private void forget() {
        waiting.unsubscribe();
        waiting = Subscription.EMPTY;
    }
}
