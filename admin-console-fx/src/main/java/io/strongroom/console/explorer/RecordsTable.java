package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.RowMenu;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import java.util.List;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** The table of what was found: what it shows, what one chooses there, and what one can do with that. */
final class RecordsTable {
    private static final int ROW_HEIGHT = 30;

    private final TableView<@Nullable RecordRow> table;
    private final ExplorerViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Runnable prove;

    /** @param prove shows the proof of the record that is looked at */
    RecordsTable(TableView<@Nullable RecordRow> table, ExplorerViewModel model, Desk desk, Runnable prove) {
        this.table = table;
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        this.prove = prove;
        columns();
        table.setFixedCellSize(ROW_HEIGHT);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        RowsInSight.of(table, index -> {
            Found found = model.found().get().value();
            if (found != null && table.getItems() == found.rows()) {
                found.rows().near(index);
            }
        });
        table.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null) {
                model.choose(is);
            }
        });
        desk.times().whenTold(table, () -> table.refresh());
        RowMenu.on(table, this::fill);
        model.found().subscribe(this::show);
    }

    @SuppressWarnings("unchecked") // the columns are those of the fxml, each with the row as its value
    private void columns() {
        RecordColumns columns = new RecordColumns(desk);
        for (TableColumn<?, ?> each : table.getColumns()) {
            TableColumn<RecordRow, RecordRow> column = (TableColumn<RecordRow, RecordRow>) each;
            if (column.getId().equals("seq")) {
                columns.number(column);
            } else {
                columns.text(column, column.getId());
            }
        }
    }

    private void show(Loaded<Found> state) {
        Found found = state.value();
        if (found == null) {
            table.setItems(FXCollections.<@Nullable RecordRow>observableArrayList());
        } else if (table.getItems() != found.rows()) {
            found.rows().anchoredBy(new RowAnchor(table));
            // Whoever looks at the end still, once something else has come, is to be seen there.
            found.rows().end().subscribe(end -> Platform.requestNextPulse());
            table.setItems(found.rows());
            if (!found.rows().isEmpty()) {
                table.getSelectionModel().clearAndSelect(0);
                table.scrollTo(0);
            }
        }
    }

    private void fill(List<MenuItem> items, @Nullable String column) {
        RecordRow row = table.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        String pointed = column == null ? null : row.values().get(column);
        if (column != null && RecordRow.FIELDS.contains(column) && pointed != null) {
            FilterMenu.items(items, texts, column, pointed, model::add);
        } else {
            for (String field : RecordRow.FIELDS) {
                String value = row.values().get(field);
                if (value != null) {
                    FilterMenu.items(items, texts, field, value, model::add);
                }
            }
        }
        items.add(new SeparatorMenuItem());
        items.add(FilterMenu.item(texts.get("explorer.prove"), prove));
        items.add(FilterMenu.item(texts.get("explorer.copy"), this::copyText));
        items.add(FilterMenu.item(texts.get("explorer.copy.csv"), this::copyCsv));
        items.add(FilterMenu.item(texts.get("explorer.basket.add"), this::toBasket));
    }

    void copyText() {
        List<RecordRow> rows = selected();
        if (!rows.isEmpty()) {
            desk.dialogs().copy(CopiedRows.text(rows));
        }
    }

    void copyCsv() {
        List<RecordRow> rows = selected();
        if (!rows.isEmpty()) {
            desk.dialogs().copy(CopiedRows.csv(rows));
        }
    }

    void toBasket() {
        List<RecordRow> rows = selected();
        if (!rows.isEmpty()) {
            model.basket().add(rows.stream().map(RecordRow::id).toList());
            desk.dialogs().told(texts.get("explorer.basket.added", rows.size()));
        }
    }

    /** Those selected that are here. */
    private List<RecordRow> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .<RecordRow>mapMulti((row, taken) -> {
                    if (row != null) {
                        taken.accept(row);
                    }
                })
                .toList();
    }
}
