package io.strongroom.console.look;

import io.strongroom.evidence.Printable;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** How columns of tables show what they show. What came from elsewhere is made printable. */
public final class Cells {
    private static final int SHORT = 20;

    private Cells() {}

    /** A text of each row; what is too long for the column shows whole in a tip. */
    public static <T> void text(TableColumn<T, String> column, Function<T, @Nullable String> text) {
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(shown(cell.getValue(), text)));
        column.setCellFactory(made -> new TextCell<>());
    }

    /** The same in the face of digests and of ids. */
    public static <T> void mono(TableColumn<T, String> column, Function<T, @Nullable String> text) {
        text(column, text);
        column.setCellFactory(made -> {
            TextCell<T> cell = new TextCell<>();
            cell.getStyleClass().add("mono");
            return cell;
        });
    }

    /** A number or a size: at the right, as one reads columns of numbers. */
    public static <T> void number(TableColumn<T, String> column, Function<T, @Nullable String> text) {
        text(column, text);
        column.getStyleClass().add("number");
        column.setCellFactory(made -> {
            TextCell<T> cell = new TextCell<>();
            cell.getStyleClass().add("number");
            return cell;
        });
    }

    /** Something drawn for each row, such as a sign with its word. */
    public static <T> void node(TableColumn<T, T> column, Function<T, @Nullable Node> draw) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(made -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable T row, boolean nothing) {
                super.updateItem(row, nothing);
                setGraphic(nothing || row == null ? null : draw.apply(row));
            }
        });
    }

    private static <T> String shown(@Nullable T row, Function<T, @Nullable String> text) {
        String found = row == null ? "…" : text.apply(row);
        return found == null ? "" : Printable.of(found);
    }

    private static final class TextCell<T> extends TableCell<T, String> {
        TextCell() {
            hoverProperty().subscribe(over -> tip());
        }

        /** A tip is a window of its own: one is made for the cell that the pointer is on, not for each of hundreds. */
        private void tip() {
            String shown = getText();
            setTooltip(isHover() && shown != null && shown.length() > SHORT ? new Tooltip(shown) : null);
        }

        @Override
        protected void updateItem(@Nullable String text, boolean nothing) {
            super.updateItem(text, nothing);
            setText(nothing ? null : text);
            tip();
        }
    }
}
