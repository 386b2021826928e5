package io.strongroom.console.look;

import io.strongroom.evidence.Printable;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
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

    /** A path, of which the end tells more than the beginning: that is what is seen where it is too long. */
    public static <T> void path(TableColumn<T, String> column, Function<T, @Nullable String> text) {
        text(column, text);
        column.setCellFactory(made -> {
            TextCell<T> cell = new TextCell<>();
            cell.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            return cell;
        });
    }

    /** A text of each row, and below it what is to be noted of it, where there is something. */
    public static <T> void noted(
            TableColumn<T, T> column, Function<T, @Nullable String> text, Function<T, @Nullable String> note) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(made -> new NotedCell<>(text, note));
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

    /**
     * What is sorted by something else than how it is written, such as a number.
     *
     * @param text of a value; of null where a row has none
     */
    static <T, V> void value(
            TableColumn<T, V> column,
            Function<T, @Nullable V> value,
            Function<@Nullable V, String> text,
            String... styles) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setCellFactory(made -> {
            TableCell<T, V> cell = new TableCell<>() {
                @Override
                protected void updateItem(@Nullable V found, boolean nothing) {
                    super.updateItem(found, nothing);
                    setText(nothing ? null : text.apply(found));
                }
            };
            cell.getStyleClass().addAll(styles);
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

    /** A tip is a window of its own: one is made for the cell that the pointer is on, not for each of hundreds. */
    private static class TipCell<T, V> extends TableCell<T, V> {
        TipCell() {
            hoverProperty().subscribe(over -> tip());
        }

        final void tip() {
            String shown = getText();
            setTooltip(isHover() && shown != null && shown.length() > SHORT ? new Tooltip(shown) : null);
        }
    }

    private static final class TextCell<T> extends TipCell<T, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean nothing) {
            super.updateItem(text, nothing);
            setText(nothing ? null : text);
            tip();
        }
    }

    private static final class NotedCell<T> extends TipCell<T, T> {
        private final Function<T, @Nullable String> text;
        private final Function<T, @Nullable String> note;
        private final Label above = new Label();
        private final Label below = new Label();
        private final VBox both = new VBox(above, below);

        NotedCell(Function<T, @Nullable String> text, Function<T, @Nullable String> note) {
            this.text = text;
            this.note = note;
            below.getStyleClass().addAll("text-muted", "small");
            above.textProperty().bind(textProperty());
        }

        @Override
        protected void updateItem(@Nullable T row, boolean nothing) {
            super.updateItem(row, nothing);
            String noted = nothing || row == null ? null : note.apply(row);
            below.setText(noted == null ? "" : Printable.of(noted));
            setText(nothing || row == null ? null : shown(row, text));
            setGraphic(noted == null ? null : both);
            setContentDisplay(noted == null ? ContentDisplay.TEXT_ONLY : ContentDisplay.GRAPHIC_ONLY);
            tip();
        }
    }
}
