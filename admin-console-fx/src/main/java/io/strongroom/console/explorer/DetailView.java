package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.RowMenu;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import io.strongroom.evidence.Printable;
import javafx.collections.FXCollections;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** One record: its fields, its JSON, its proof. */
public final class DetailView {
    private final ExplorerViewModel model;
    private final Desk desk;
    private final Texts texts;

    @FXML
    private Label none;

    @FXML
    private VBox one;

    @FXML
    private Label title;

    @FXML
    private Label id;

    @FXML
    private Label withheld;

    @FXML
    private TabPane tabs;

    @FXML
    private TableView<DetailField> fields;

    @FXML
    private TableColumn<DetailField, String> pointer;

    @FXML
    private TableColumn<DetailField, DetailField> value;

    @FXML
    private TextArea json;

    @FXML
    private Tab proofTab;

    @FXML
    private StatePane proof;

    @FXML
    private HBox headline;

    @FXML
    private VBox facts;

    @FXML
    private Label content;

    private DetailView(ExplorerViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
    }

    static DetailView of(ExplorerViewModel model, Desk desk, java.util.function.Consumer<Parent> place) {
        DetailView view = new DetailView(model, desk);
        place.accept(Fxml.load(view, desk.texts()));
        return view;
    }

    @FXML
    private void initialize() {
        Columns.share(fields);
        Cells.path(pointer, DetailField::pointer);
        Cells.noted(value, this::shown, this::note);
        RowMenu.on(fields, (items, column) -> {
            DetailField field = fields.getSelectionModel().getSelectedItem();
            if (field != null) {
                fill(items, field);
            }
        });
        model.proof()
                .looked()
                .bind(tabs.getSelectionModel().selectedItemProperty().isEqualTo(proofTab));
        model.chosen().subscribe(this::show);
        desk.times().whenTold(tabs, () -> show(model.chosen().get()));
        proof.bind(
                model.proof().state(),
                texts,
                nothing -> false,
                new StatePane.Nothing(Material2OutlinedAL.LINK, texts.get("explorer.proof"), ""),
                model.proof()::again);
        model.proof().state().subscribe(this::proven);
    }

    private void fill(java.util.List<MenuItem> items, DetailField field) {
        boolean seen = field.kind() == DetailField.Kind.CLEAR || field.kind() == DetailField.Kind.DISCLOSED;
        if (seen) {
            RecordRow.filterName(field.pointer())
                    .filter(name -> !name.equals("occurredAt"))
                    .ifPresent(name -> FilterMenu.items(items, texts, name, field.value(), model::add));
        }
        if (!field.value().isEmpty()) {
            items.add(FilterMenu.item(
                    texts.get("explorer.copy.value"), () -> desk.dialogs().copy(field.value())));
        }
    }

    private String shown(DetailField field) {
        return switch (field.kind()) {
            case CLEAR, DISCLOSED, MASKED -> field.value();
            case HIDDEN, ERASED ->
                field.reason().isEmpty() ? texts.get("explorer.kind." + field.kind()) : field.reason();
        };
    }

    /** How it is shown, where it does not simply stand in the record. */
    private @Nullable String note(DetailField field) {
        if (field.kind() == DetailField.Kind.CLEAR) {
            return null;
        }
        String told = texts.get("explorer.kind." + field.kind());
        String how = field.mask().isEmpty() ? told : told + " (" + field.mask() + ")";
        return field.classification().isEmpty() ? how : how + ", " + field.classification();
    }

    private void show(@Nullable RecordRow row) {
        none.setVisible(row == null);
        one.setVisible(row != null);
        if (row == null) {
            return;
        }
        title.setText(texts.get(
                "explorer.detail",
                row.seq(),
                desk.times()
                        .exact(row.values()
                                .getOrDefault("occurredAt", row.item().at()))));
        id.setText(row.id());
        String reason = row.item()
                .withheld()
                .map(why -> row.item().reason().orElse(texts.get("explorer.withheld." + why)))
                .orElse("");
        withheld.setText(Printable.of(reason));
        withheld.setGraphic(reason.isEmpty() ? null : Sign.NEUTRAL.icon());
        withheld.setVisible(!reason.isEmpty());
        withheld.setManaged(!reason.isEmpty());
        fields.setItems(FXCollections.observableArrayList(DetailField.of(row.item())));
        json.setText(JsonPrint.of(row.item().toJson()));
    }

    @FXML
    private void copyJson() {
        RecordRow row = model.chosen().get();
        if (row != null) {
            desk.dialogs().copy(JsonPrint.of(row.item().toJson()));
        }
    }

    @FXML
    private void saveProof() {
        model.proof().save();
    }

    /** Goes to the proof of the record that is looked at. */
    void toProof() {
        tabs.getSelectionModel().select(proofTab);
    }

    void focus() {
        fields.requestFocus();
    }

    private void proven(Loaded<Proven> state) {
        facts.getChildren().clear();
        content.setText("");
        switch (state.value()) {
            case null -> headline.getChildren().clear();
            case Proven.Held held -> {
                headline(Sign.HOLDS, texts.get("explorer.proof.held"), texts.get("explorer.proof.held.why"));
                fact("explorer.proof.index", texts.get("explorer.number", held.index()), false);
                fact("explorer.proof.leaf", held.leaf().toString(), true);
                fact("explorer.proof.record", held.entry().record().toString(), true);
                fact("explorer.proof.origin", held.checkpoint().origin(), false);
                fact(
                        "explorer.proof.checkpoint",
                        texts.get("explorer.proof.size", held.checkpoint().size()),
                        false);
                fact("explorer.proof.root", held.checkpoint().root().toString(), true);
                content.setText(texts.get("explorer.proof.content." + held.content()));
            }
            case Proven.Failed failed -> {
                headline(Sign.FAILS, texts.get("explorer.proof.failed"), texts.get("explorer.proof.failed.why"));
                fact("failure.expected", failed.expected(), true);
                fact("failure.found", failed.found(), true);
            }
        }
    }

    private void headline(Sign sign, String told, String why) {
        Label name = new Label(told);
        name.getStyleClass().add("title");
        name.setWrapText(true);
        Label explained = new Label(why);
        explained.setWrapText(true);
        VBox titles = new VBox(name, explained);
        titles.getStyleClass().add("titles");
        HBox.setHgrow(titles, Priority.ALWAYS);
        headline.getStyleClass().setAll("headline", sign.style());
        headline.getChildren().setAll(sign.icon(), titles);
    }

    private void fact(String key, String told, boolean mono) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().addAll("text-muted", "small");
        Label fact = new Label(Printable.of(told));
        fact.setWrapText(true);
        if (mono) {
            fact.getStyleClass().addAll("mono", "small");
        }
        facts.getChildren().add(new VBox(name, fact));
    }
}
