package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** Sorts the table that has the keyboard, by the palette: its header is for a mouse. */
final class Sorting {
    private Sorting() {}

    /** One for each column that it can be sorted by; none where something else has the keyboard. */
    static List<Action> of(@Nullable Node focused, Texts texts) {
        return focused instanceof TableView<?> table ? by(table, texts) : List.of();
    }

    private static <T> List<Action> by(TableView<T> table, Texts texts) {
        return table.getVisibleLeafColumns().stream()
                .filter(TableColumn::isSortable)
                .map(column -> by(table, column, texts))
                .toList();
    }

    /** As a click on the header does: upwards, and downwards where it is sorted upwards by that column already. */
    private static <T> Action by(TableView<T> table, TableColumn<T, ?> column, Texts texts) {
        boolean down = table.getSortOrder().equals(List.of(column)) && column.getSortType() == SortType.ASCENDING;
        return new Action(texts.get(down ? "palette.sort.down" : "palette.sort", column.getText()), null, () -> {
            column.setSortType(down ? SortType.DESCENDING : SortType.ASCENDING);
            table.getSortOrder().setAll(List.of(column));
        });
    }
}
