package io.strongroom.console.explorer;

import java.util.function.IntConsumer;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;

/**
 * Tells after each layout of the window which rows of a table are on the screen. Before it a cell may stand for any row:
 * the table tries some, keeps some for later, and moves on before they were seen.
 */
final class RowsInSight implements Runnable {
    private final TableView<?> table;
    private final IntConsumer looked;

    private RowsInSight(TableView<?> table, IntConsumer looked) {
        this.table = table;
        this.looked = looked;
    }

    /** @param looked takes the last row, then the first, by their places in the table */
    static void of(TableView<?> table, IntConsumer looked) {
        RowsInSight sight = new RowsInSight(table, looked);
        table.sceneProperty().subscribe((was, is) -> {
            if (was != null) {
                was.removePostLayoutPulseListener(sight);
            }
            if (is != null) {
                is.addPostLayoutPulseListener(sight);
            }
        });
    }

    @Override
    public void run() {
        if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            tell(flow.getLastVisibleCell());
            tell(flow.getFirstVisibleCell());
        }
    }

    private void tell(@Nullable IndexedCell<?> cell) {
        if (cell != null
                && cell.getIndex() >= 0
                && cell.getIndex() < table.getItems().size()) {
            looked.accept(cell.getIndex());
        }
    }
}
