package io.strongroom.console.look;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;

/** A tip is a window of its own, with a scene: it is made when the pointer comes, and not ahead for each of many. */
public final class Tip {
    private Tip() {}

    /** Has a control say more; once for each. Whoever does not see it hears it. */
    public static void on(Control control, String text) {
        control.setAccessibleHelp(text);
        control.hoverProperty().subscribe(over -> control.setTooltip(over ? new Tooltip(text) : null));
    }
}
