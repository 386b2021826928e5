package io.strongroom.console.desk;

import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something that one can do on a screen, by the palette of commands or by a key.
 *
 * @param name as it stands in the palette
 * @param key the key that does it while its screen is shown; null for none
 * @param whyNot why it cannot be done now; null, or its value null, while it can
 */
public record Action(
        String name,
        @Nullable KeyCombination key,
        Runnable run,
        @Nullable ObservableValue<@Nullable String> whyNot) {
    /** One that can always be done. */
    public Action(String name, @Nullable KeyCombination key, Runnable run) {
        this(name, key, run, null);
    }

    /** Does it if it can be done. */
    public void perform() {
        if (whyNot == null || whyNot.getValue() == null) {
            run.run();
        }
    }
}
