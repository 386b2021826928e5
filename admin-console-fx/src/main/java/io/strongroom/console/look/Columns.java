package io.strongroom.console.look;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** The columns of a table, from the left. They share the table's width in proportion to what they are given. */
public final class Columns<T> {
    private final TableView<T> table;

    private Columns(TableView<T> table) {
        this.table = table;
        table.getColumns().clear();
        share(table);
        resorted(table);
    }

    /** Has the columns of a table share its width in proportion to what they are given, at every width. */
    public static void share(TableView<?> table) {
        table.setColumnResizePolicy(new Proportions());
    }

    /** What is asked for anew stays sorted as it was. */
    private static <T> void resorted(TableView<T> table) {
        ListChangeListener<T> listener = change -> {
            boolean came = false;
            while (change.next()) {
                came |= change.wasAdded() && !change.wasPermutated();
            }
            if (came && !table.getSortOrder().isEmpty() && !(table.getItems() instanceof SortedList)) {
                Platform.runLater(table::sort);
            }
        };
        table.getItems().addListener(listener);
    }

    public static <T> Columns<T> of(TableView<T> table) {
        return new Columns<>(table);
    }

    public Columns<T> text(String title, double width, Function<T, @Nullable String> text) {
        Cells.text(column(title, width), text);
        return this;
    }

    /** Digests and ids. */
    public Columns<T> mono(String title, double width, Function<T, @Nullable String> text) {
        Cells.mono(column(title, width), text);
        return this;
    }

    /** Numbers and sizes, sorted as such. */
    public Columns<T> number(
            String title, double width, Function<T, @Nullable Number> number, Function<Number, String> text) {
        TableColumn<T, Number> column = column(title, width);
        column.setComparator(Comparator.nullsFirst(Comparator.comparingDouble(Number::doubleValue)));
        column.getStyleClass().add("number");
        Cells.value(column, number, each -> each == null ? "" : text.apply(each), "number");
        return this;
    }

    /**
     * Times, sorted as such however they are written.
     *
     * @param text of a time; of null where a row has none
     */
    public Columns<T> time(
            String title, double width, Function<T, @Nullable Instant> at, Function<@Nullable Instant, String> text) {
        TableColumn<T, Instant> column = column(title, width);
        column.setComparator(Comparator.nullsFirst(Comparator.naturalOrder()));
        Cells.value(column, at, text);
        return this;
    }

    /** Something drawn, such as a sign with its word; cannot be sorted by. */
    public Columns<T> node(String title, double width, Function<T, @Nullable Node> draw) {
        TableColumn<T, T> column = column(title, width);
        column.setSortable(false);
        Cells.node(column, draw);
        return this;
    }

    private <V> TableColumn<T, V> column(String title, double width) {
        TableColumn<T, V> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        table.getColumns().add(column);
        return column;
    }
}
