package io.strongroom.console.shell;

import io.strongroom.console.text.Texts;
import javafx.scene.input.KeyCombination;

/** What keys are called where the officer is: {@code Ctrl+Shift+U} is {@code Strg+Umschalt+U} on a German keyboard. */
final class KeyNames {
    private KeyNames() {}

    static String of(KeyCombination key, Texts texts) {
        return key.getDisplayText()
                .replace("Ctrl+", texts.get("key.ctrl") + "+")
                .replace("Shift+", texts.get("key.shift") + "+")
                .replace("Enter", texts.get("key.enter"));
    }
}
