package io.strongroom.console.packs;

import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/** A step of the wizard on screen. */
interface Page {
    Parent root();

    /** Where one types or chooses; null where one only goes on. */
    default @Nullable Node first() {
        return null;
    }

    /** Goes on to the next step, if this one is done. */
    void next();
}
