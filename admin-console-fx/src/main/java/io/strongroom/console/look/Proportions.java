package io.strongroom.console.look;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ConstrainedColumnResizeBase;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.util.Callback;

/**
 * Columns share the width of their table in proportion to their preferred widths, whatever widths the table had before: the
 * policies of JavaFX do not come back to where they were when a window is made larger and smaller again. Whoever moves the
 * edge of a column takes from the next one what it gives to this.
 */
@SuppressWarnings("rawtypes") // as a table wants it
final class Proportions extends ConstrainedColumnResizeBase implements Callback<TableView.ResizeFeatures, Boolean> {
    @Override
    public Boolean call(TableView.ResizeFeatures features) {
        List<TableColumnBase> columns = new ArrayList<>();
        for (Object column : features.getTable().getVisibleLeafColumns()) {
            columns.add((TableColumn) column);
        }
        double whole = features.getContentWidth();
        if (columns.isEmpty() || whole <= 0) {
            return false;
        }
        TableColumn moved = features.getColumn();
        if (moved != null && !move(columns, columns.indexOf(moved), features.getDelta())) {
            return false;
        }
        share(features, columns, whole);
        return true;
    }

    private static boolean move(List<TableColumnBase> columns, int which, double by) {
        if (which < 0 || which + 1 == columns.size()) {
            return false;
        }
        TableColumnBase next = columns.get(which + 1);
        double least = columns.get(which).getMinWidth() - columns.get(which).getWidth();
        double most = next.getWidth() - next.getMinWidth();
        double possible = Math.max(least, Math.min(most, by));
        if (possible == 0) {
            return false;
        }
        columns.forEach(column -> column.setPrefWidth(column.getWidth()));
        columns.get(which).setPrefWidth(columns.get(which).getWidth() + possible);
        next.setPrefWidth(next.getWidth() - possible);
        return true;
    }

    /** Those that would be narrower than they may be get what they need first. */
    @SuppressWarnings("unchecked") // a table and its columns
    private static void share(TableView.ResizeFeatures features, List<TableColumnBase> columns, double whole) {
        List<TableColumnBase> others = new ArrayList<>(columns);
        double left = whole;
        boolean narrow = true;
        while (narrow && !others.isEmpty()) {
            double rest = left;
            double wanted =
                    others.stream().mapToDouble(TableColumnBase::getPrefWidth).sum();
            List<TableColumnBase> least = others.stream()
                    .filter(column -> column.getPrefWidth() * rest / wanted < column.getMinWidth())
                    .toList();
            for (TableColumnBase column : least) {
                features.setColumnWidth(column, column.getMinWidth());
                left -= column.getMinWidth();
            }
            others.removeAll(least);
            narrow = !least.isEmpty();
        }
        double wanted =
                others.stream().mapToDouble(TableColumnBase::getPrefWidth).sum();
        double shared = 0;
        for (int i = 0; i < others.size(); i++) {
            // Whole pixels, so that the lines between columns are sharp; the last one takes what is over.
            double width = i + 1 == others.size()
                    ? Math.max(others.get(i).getMinWidth(), left - shared)
                    : Math.floor(others.get(i).getPrefWidth() * left / wanted);
            features.setColumnWidth(others.get(i), width);
            shared += width;
        }
    }
}
