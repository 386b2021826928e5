package io.strongroom.console.pack;

import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.RowMenu;
import io.strongroom.console.look.ValueKeys;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.PagedList;
import java.util.List;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** A pack's records, and the fields of the one that is chosen. */
public final class RecordsView {
    private static final int SECONDS = "2026-11-22T08:00:00".length();

    private final PackViewModel model;
    private final Texts texts;

    @FXML
    private Label noRecords;

    @FXML
    private SplitPane browser;

    @FXML
    private TableView<@Nullable RecordRow> records;

    @FXML
    private TableColumn<RecordRow, String> seq;

    @FXML
    private TableColumn<RecordRow, String> occurredAt;

    @FXML
    private TableColumn<RecordRow, String> stream;

    @FXML
    private TableColumn<RecordRow, String> actor;

    @FXML
    private TableColumn<RecordRow, String> action;

    @FXML
    private TableColumn<RecordRow, String> resource;

    @FXML
    private TableColumn<RecordRow, String> outcome;

    @FXML
    private Label noRecord;

    @FXML
    private TabPane detail;

    @FXML
    private Tab proofTab;

    @FXML
    private TableView<RecordField> fields;

    @FXML
    private TableColumn<RecordField, String> kind;

    @FXML
    private TableColumn<RecordField, String> pointer;

    @FXML
    private TableColumn<RecordField, String> value;

    RecordsView(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    private void initialize() {
        Columns.share(records);
        Columns.share(fields);
        Cells.number(seq, row -> Long.toString(row.seq()));
        seq.setReorderable(false);
        column(occurredAt, row -> second(row.occurredAt()));
        column(stream, RecordRow::stream);
        column(actor, RecordRow::actor);
        column(action, RecordRow::action);
        column(resource, RecordRow::resource);
        column(outcome, RecordRow::outcome);
        column(kind, field -> texts.get("field." + field.kind()));
        Cells.path(pointer, RecordField::pointer);
        pointer.setReorderable(false);
        column(value, this::told);
        copying();
        proofTab.selectedProperty()
                .subscribe(() -> prove(records.getSelectionModel().getSelectedItem()));
        records.getSelectionModel().selectedItemProperty().addListener((at, before, chosen) -> choose(chosen));
        show(null);
    }

    /** To the second, in UTC as it stands there: places tell the order, and the fields the rest. */
    private static String second(String at) {
        return at.substring(0, Math.min(SECONDS, at.length())).replace('T', ' ');
    }

    /** The value of the field that is chosen. */
    private void copying() {
        RowMenu.on(fields, (items, column) -> {
            RecordField field = fields.getSelectionModel().getSelectedItem();
            if (field != null) {
                items.add(ValueKeys.item(texts.get("copy"), told(field)));
            }
        });
        fields.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            RecordField field = fields.getSelectionModel().getSelectedItem();
            if (field != null && ValueKeys.COPY.match(event)) {
                ValueKeys.copy(told(field));
                event.consume();
            }
        });
    }

    private static <T> void column(TableColumn<T, String> column, Function<T, @Nullable String> text) {
        Cells.text(column, text);
        column.setReorderable(false);
    }

    /** Shows these; null where there are none to show. */
    void show(@Nullable PagedList<RecordRow> rows) {
        noRecords.setVisible(rows == null);
        browser.setVisible(rows != null);
        records.setItems(rows == null ? FXCollections.<@Nullable RecordRow>observableArrayList() : rows);
        choose(null);
        if (rows != null && !rows.isEmpty()) {
            records.getSelectionModel().select(0);
        }
    }

    private void choose(@Nullable RecordRow row) {
        noRecord.setVisible(row == null);
        detail.setVisible(row != null);
        fields.setItems(FXCollections.observableArrayList(row == null ? List.of() : RecordField.of(row.record())));
        prove(row);
    }

    /** A proof is made only where somebody looks at it: it takes the leaf hashes of the whole range. */
    private void prove(@Nullable RecordRow row) {
        model.prove(proofTab.isSelected() ? row : null);
    }

    private String told(RecordField field) {
        return switch (field.kind()) {
            case CLEAR, DISCLOSED -> field.value();
            case HIDDEN -> texts.get("field.HIDDEN.value", field.value());
            case TOLD ->
                field.value().isEmpty()
                        ? texts.get("pack.field.nothing", field.rule())
                        : texts.get("pack.field.masked", field.value(), field.rule());
        };
    }
}
