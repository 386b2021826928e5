package io.strongroom.console.pack;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** Shows in a tip what is too long for its column. */
final class TextCell<T> extends TableCell<T, String> {
    private static final int SHORT = 20;

    @Override
    protected void updateItem(@Nullable String text, boolean nothing) {
        super.updateItem(text, nothing);
        String shown = nothing ? null : text;
        setText(shown);
        setTooltip(shown != null && shown.length() > SHORT ? new Tooltip(shown) : null);
    }
}
