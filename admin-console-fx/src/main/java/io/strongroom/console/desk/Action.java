package io.strongroom.console.desk;

import io.strongroom.console.look.WhyNot;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something that one can do on a screen, by a button, the palette of commands or a key.
 *
 * @param name as it stands in the palette
 * @param key the key that does it while its screen is shown; null for none
 * @param whyNot why it cannot be done now; null, or its value null, while it can; its value empty while that is not known yet,
 *     since the screen was not asked for
 * @param begins whether it needs nothing that is chosen on its screen, so that it can be begun from any other
 */
public record Action(
        String name,
        @Nullable KeyCombination key,
        Runnable run,
        @Nullable ObservableValue<@Nullable String> whyNot,
        boolean begins) {
    public Action {
        // What a button marks as its letter.
        name = name.replace("_", "");
    }

    /** One that is done on its screen. */
    public Action(
            String name,
            @Nullable KeyCombination key,
            Runnable run,
            @Nullable ObservableValue<@Nullable String> whyNot) {
        this(name, key, run, whyNot, false);
    }

    /** One that can always be done. */
    public Action(String name, @Nullable KeyCombination key, Runnable run) {
        this(name, key, run, null);
    }

    /** The same, which can be begun from any screen. */
    public Action beginning() {
        return new Action(name, key, run, whyNot, true);
    }

    /** The same, done so. */
    public Action doing(Runnable otherwise) {
        return new Action(name, key, otherwise, whyNot, begins);
    }

    /** Why it cannot be done now; null while it can. */
    public @Nullable String reason() {
        return whyNot == null ? null : whyNot.getValue();
    }

    /** Does it if it can be done. */
    public void perform() {
        if (reason() == null) {
            run.run();
        }
    }

    /** Has a button do it: that is called so, unless it has a word of its own, and says why it cannot be pressed. */
    public void on(ButtonBase button) {
        if (button.getText() == null || button.getText().isEmpty()) {
            button.setText(name);
        }
        button.setOnAction(pressed -> perform());
        if (whyNot != null) {
            WhyNot.bind(button, whyNot);
        }
    }
}
