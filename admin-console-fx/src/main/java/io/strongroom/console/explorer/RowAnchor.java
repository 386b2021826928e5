package io.strongroom.console.explorer;

import io.strongroom.console.work.GrowingList;
import java.util.List;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;

/** Keeps the rows that somebody looks at where they are on the screen, while rows come in above them or leave. */
final class RowAnchor implements GrowingList.Anchor {
    private final TableView<?> table;

    RowAnchor(TableView<?> table) {
        this.table = table;
    }

    @Override
    public Runnable hold(int from, int to, int down) {
        // What leaves would otherwise hand its selection on to another row.
        for (int index : List.copyOf(table.getSelectionModel().getSelectedIndices())) {
            if (index < from || index >= to) {
                table.getSelectionModel().clearSelection(index);
            }
        }
        if (!(table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow)) {
            return () -> {};
        }
        IndexedCell<?> top = flow.getFirstVisibleCell();
        if (top == null) {
            return () -> {};
        }
        int row = top.getIndex() + down;
        double above = -top.getLayoutY();
        return () -> {
            table.scrollTo(row);
            flow.scrollPixels(above);
        };
    }
}
