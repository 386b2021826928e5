package io.strongroom.console.explorer;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What one can do with a value: ask for it, or leave it out. By the mouse where it points, by the keyboard for a row. */
final class FilterMenu {
    private static final int MOST_CHARS = 40;

    private final ContextMenu menu = new ContextMenu();

    /**
     * Puts a menu on a table.
     *
     * @param fill fills it; the second value is the column that was pointed at, null where none was
     */
    static <T extends @Nullable Object> FilterMenu on(
            TableView<T> table, BiConsumer<List<MenuItem>, @Nullable String> fill) {
        FilterMenu made = new FilterMenu();
        table.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (event.isKeyboardTrigger()) {
                made.underSelected(table, fill);
            } else {
                made.show(table, fill, column(event.getPickResult().getIntersectedNode()), event);
            }
            event.consume();
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown()) {
                made.underSelected(table, fill);
                event.consume();
            }
        });
        return made;
    }

    private static @Nullable String column(@Nullable Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TableCell<?, ?> cell && cell.getTableColumn() != null) {
                return cell.getTableColumn().getId();
            }
        }
        return null;
    }

    private <T extends @Nullable Object> void show(
            TableView<T> table,
            BiConsumer<List<MenuItem>, @Nullable String> fill,
            @Nullable String column,
            ContextMenuEvent event) {
        menu.getItems().clear();
        fill.accept(menu.getItems(), column);
        if (!menu.getItems().isEmpty()) {
            menu.show(table, event.getScreenX(), event.getScreenY());
        }
    }

    private <T extends @Nullable Object> void underSelected(
            TableView<T> table, BiConsumer<List<MenuItem>, @Nullable String> fill) {
        if (menu.isShowing()) {
            return;
        }
        menu.getItems().clear();
        fill.accept(menu.getItems(), null);
        if (menu.getItems().isEmpty()) {
            return;
        }
        Node row =
                table.lookupAll(".table-row-cell:selected").stream().findFirst().orElse(null);
        if (row == null) {
            menu.show(table, Side.TOP, 0, 0);
        } else {
            Bounds place = row.localToScreen(row.getBoundsInLocal());
            menu.show(table, place.getMinX() + 40, place.getMaxY());
        }
    }

    /** Two items for a value. */
    static void items(List<MenuItem> items, Texts texts, String name, String value, Consumer<Filter> taken) {
        items.add(item(texts.get("explorer.only", name, shortened(value)), () -> taken.accept(Filter.of(name, value))));
        if (Filter.excludable(name)) {
            items.add(item(
                    texts.get("explorer.without", name, shortened(value)),
                    () -> taken.accept(Filter.without(name, value))));
        }
    }

    static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(chosen -> action.run());
        return item;
    }

    private static String shortened(String value) {
        String shown = Printable.of(value);
        return shown.length() <= MOST_CHARS ? shown : shown.substring(0, MOST_CHARS) + "…";
    }
}
