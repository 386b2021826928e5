package io.strongroom.console.look;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TreeCell;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * What one can do with the row that is selected in a table or a tree: by the mouse where it points, by the keyboard (menu
 * key, or Shift+F10) under the row. It is filled each time; with nothing in it, it does not open.
 */
public final class RowMenu {
    private static final double INDENT = 40;
    private static final double WIDEST_NOTE = 300;
    private static final String SELECTED = ".indexed-cell:selected";

    private final ContextMenu menu = new ContextMenu();
    private final Control rows;
    private final BiConsumer<List<MenuItem>, @Nullable String> fill;

    private RowMenu(Control rows, BiConsumer<List<MenuItem>, @Nullable String> fill) {
        this.rows = rows;
        this.fill = fill;
    }

    /** @param fill fills it; the second value is the id of the column that was pointed at, null where none was */
    public static void on(Control rows, BiConsumer<List<MenuItem>, @Nullable String> fill) {
        RowMenu made = new RowMenu(rows, fill);
        rows.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (event.isKeyboardTrigger()) {
                made.underSelected();
            } else {
                made.where(event);
            }
            event.consume();
        });
        rows.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown()) {
                made.underSelected();
                event.consume();
            }
        });
    }

    /** Says in the menu why what stands above it cannot be chosen: an item that is disabled has no tip. */
    public static MenuItem whyNot(String why) {
        Label told = new Label(why);
        told.setWrapText(true);
        told.setMaxWidth(WIDEST_NOTE);
        told.getStyleClass().addAll("text-muted", "small");
        CustomMenuItem note = new CustomMenuItem(told, false);
        note.getStyleClass().add("why-not");
        return note;
    }

    private static @Nullable String column(@Nullable Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TableCell<?, ?> cell && cell.getTableColumn() != null) {
                return cell.getTableColumn().getId();
            }
        }
        return null;
    }

    private boolean filled(@Nullable String column) {
        menu.getItems().clear();
        fill.accept(menu.getItems(), column);
        return !menu.getItems().isEmpty();
    }

    /** A mouse has selected the row by now, a finger has not. */
    private static void select(@Nullable Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TableRow<?> row && !row.isEmpty() && !row.isSelected()) {
                row.getTableView().getSelectionModel().clearAndSelect(row.getIndex());
            } else if (at instanceof TreeCell<?> cell && !cell.isEmpty() && !cell.isSelected()) {
                cell.getTreeView().getSelectionModel().clearAndSelect(cell.getIndex());
            }
        }
    }

    private void where(ContextMenuEvent event) {
        Node pointed = event.getPickResult().getIntersectedNode();
        select(pointed);
        if (filled(column(pointed))) {
            menu.show(rows, event.getScreenX(), event.getScreenY());
        }
    }

    private void underSelected() {
        if (menu.isShowing() || !filled(null)) {
            return;
        }
        Node row = rows.lookupAll(SELECTED).stream()
                .filter(Node::isVisible)
                .findFirst()
                .orElse(null);
        if (row == null) {
            menu.show(rows, Side.TOP, 0, 0);
        } else {
            Bounds place = row.localToScreen(row.getBoundsInLocal());
            menu.show(rows, place.getMinX() + INDENT, place.getMaxY());
        }
    }
}
