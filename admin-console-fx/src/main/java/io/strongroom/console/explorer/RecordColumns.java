package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/** How the columns of the table show records: cheaply, since they change with every line that one scrolls. */
final class RecordColumns {
    private final Desk desk;
    private final Texts texts;

    RecordColumns(Desk desk) {
        this.desk = desk;
        this.texts = desk.texts();
    }

    void number(TableColumn<RecordRow, RecordRow> column) {
        column.getStyleClass().add("number");
        cells(column, "number", row -> Long.toString(row.seq()), row -> false);
    }

    /** A field by its name; masked, hidden and missing ones as such. */
    void text(TableColumn<RecordRow, RecordRow> column, String name) {
        cells(column, "text", row -> shown(row, name), row -> isHidden(row, name));
    }

    private boolean isHidden(RecordRow row, String name) {
        return !row.values().containsKey(name) && (row.hidden().containsKey(name) || withheld(row, name));
    }

    private static boolean withheld(RecordRow row, String name) {
        return name.equals("action") && row.item().withheld().isPresent();
    }

    private String shown(RecordRow row, String name) {
        String value = row.values().get(name);
        if (value != null) {
            // To the second: places tell the order.
            return name.equals("occurredAt") ? desk.times().full(value) : Printable.of(value);
        }
        String hidden = row.hidden().get(name);
        if (hidden != null) {
            return hidden.isEmpty() ? texts.get("explorer.hidden") : texts.get("explorer.masked", Printable.of(hidden));
        }
        return withheld(row, name)
                ? texts.get("explorer.withheld." + row.item().withheld().orElse(""))
                : "";
    }

    private void cells(
            TableColumn<RecordRow, RecordRow> column,
            String style,
            Function<RecordRow, String> text,
            Function<RecordRow, Boolean> hidden) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(made -> new Cell(style, text, hidden));
    }

    private static final class Cell extends TableCell<RecordRow, RecordRow> {
        private static final PseudoClass HIDDEN = PseudoClass.getPseudoClass("hidden-value");

        private final Function<RecordRow, String> text;
        private final Function<RecordRow, Boolean> hidden;

        Cell(String style, Function<RecordRow, String> text, Function<RecordRow, Boolean> hidden) {
            this.text = text;
            this.hidden = hidden;
            getStyleClass().add(style);
        }

        @Override
        protected void updateItem(@Nullable RecordRow row, boolean nothing) {
            super.updateItem(row, nothing);
            boolean here = !nothing && row != null;
            setText(here && row != null ? text.apply(row) : nothing ? null : "…");
            boolean marked = here && row != null && hidden.apply(row);
            pseudoClassStateChanged(HIDDEN, marked);
            // Where there is little room the mark at its end stays: without it a mask would pass for what was recorded.
            setTextOverrun(marked ? OverrunStyle.CENTER_ELLIPSIS : OverrunStyle.ELLIPSIS);
        }
    }
}
