package io.strongroom.console.explorer;

import io.strongroom.api.QueryPage;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.GrowingList;
import io.strongroom.console.work.Loaded;
import io.strongroom.evidence.Printable;
import java.util.List;
import java.util.Objects;
import javafx.collections.FXCollections;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The audit explorer. */
public final class ExplorerView {
    private final ExplorerViewModel model;
    private final Desk desk;
    private final Texts texts;
    private Subscription listening = Subscription.EMPTY;
    private @Nullable DetailView detail;

    @FXML
    private Parent root;

    @FXML
    private ToggleButton showFacets;

    @FXML
    private TextField query;

    @FXML
    private TextField purpose;

    @FXML
    private MenuButton saved;

    @FXML
    private FlowPane chips;

    @FXML
    private Label wrong;

    @FXML
    private SplitPane split;

    @FXML
    private ScrollPane facetsPane;

    @FXML
    private VBox facets;

    @FXML
    private StatePane results;

    @FXML
    private TableView<@Nullable RecordRow> records;

    @FXML
    private TableColumn<RecordRow, RecordRow> seq;

    @FXML
    private TableColumn<RecordRow, RecordRow> occurredAt;

    @FXML
    private TableColumn<RecordRow, RecordRow> stream;

    @FXML
    private TableColumn<RecordRow, RecordRow> actor;

    @FXML
    private TableColumn<RecordRow, RecordRow> action;

    @FXML
    private TableColumn<RecordRow, RecordRow> resource;

    @FXML
    private TableColumn<RecordRow, RecordRow> outcome;

    @FXML
    private TableColumn<RecordRow, RecordRow> source;

    @FXML
    private Label loaded;

    @FXML
    private Button lookOn;

    @FXML
    private Label fresh;

    @FXML
    private MenuButton basket;

    @FXML
    private Button pack;

    private ExplorerView(ExplorerViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
    }

    static ExplorerView of(ExplorerViewModel model, Desk desk) {
        ExplorerView view = new ExplorerView(model, desk);
        Fxml.load(view, desk.texts());
        return view;
    }

    Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
        showFacets.setGraphic(FontIcon.of(Material2OutlinedAL.FILTER_LIST));
        showFacets.setTooltip(new Tooltip(texts.get("explorer.facets")));
        showFacets.selectedProperty().bindBidirectional(model.showsFacets());
        query.textProperty().bindBidirectional(model.text());
        query.setOnAction(entered -> model.ask());
        query.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN) {
                records.requestFocus();
                event.consume();
            }
        });
        purpose();
        wrong.textProperty().bind(model.wrong());
        wrong.setGraphic(Sign.FAILS.icon());
        wrong.visibleProperty().bind(model.wrong().isNotNull());
        wrong.managedProperty().bind(wrong.visibleProperty());
        model.question().subscribe(asked -> chips());
        model.found().subscribe(found -> chips());
        new FacetsView(facets, model, texts);
        detail = DetailView.of(model, desk, split.getItems()::add);
        model.showsFacets().subscribe(this::facets);
        table();
        results.bind(
                model.found(),
                texts,
                found -> found.rows().isEmpty() && found.rows().end().get() == GrowingList.End.CLOSED,
                new StatePane.Nothing(
                        Material2OutlinedMZ.SEARCH,
                        texts.get("explorer.none"),
                        texts.get("explorer.none.why"),
                        texts.get("explorer.none.all"),
                        () -> {
                            model.text().set("");
                            model.ask();
                        }),
                model::again);
        model.found().subscribe(this::found);
        foot();
        saved.setOnShowing(event -> fillSaved());
        fillSaved();
    }

    private void purpose() {
        purpose.textProperty().bindBidirectional(model.purpose());
        purpose.setOnAction(entered -> model.ask());
        purpose.setTooltip(new Tooltip(texts.get("explorer.purpose.why")));
        purpose.setVisible(false);
        purpose.setManaged(false);
        model.purposeNeeded().subscribe(needed -> {
            if (needed) {
                showPurpose();
            }
        });
    }

    /** Offers to say for what purpose one reads. */
    void showPurpose() {
        purpose.setVisible(true);
        purpose.setManaged(true);
    }

    void focusPurpose() {
        showPurpose();
        purpose.requestFocus();
    }

    private void facets(boolean shown) {
        if (shown != split.getItems().contains(facetsPane)) {
            if (shown) {
                split.getItems().addFirst(facetsPane);
            } else {
                split.getItems().remove(facetsPane);
            }
        }
        if (shown) {
            split.setDividerPositions(0.15, 0.71);
        } else {
            split.setDividerPositions(0.66);
        }
    }

    private void chips() {
        Question asked = model.question().get();
        chips.getChildren().setAll(asked.filters().stream().map(this::chip).toList());
        chips.setVisible(!asked.filters().isEmpty());
        chips.setManaged(!asked.filters().isEmpty());
    }

    private Node chip(Filter filter) {
        Label name = new Label(Printable.of(filter.text()));
        Button remove = new Button(null, FontIcon.of(Material2OutlinedAL.CLOSE));
        remove.getStyleClass().addAll("flat", "button-icon");
        remove.setAccessibleText(texts.get("explorer.chip.remove", filter.text()));
        remove.setOnAction(pressed -> model.remove(filter));
        HBox chip = new HBox(name, remove);
        chip.getStyleClass().add("chip");
        if (filter.excluded()) {
            chip.getStyleClass().add("excluded");
            name.setTooltip(new Tooltip(texts.get("explorer.chip.excluded")));
        }
        if (model.refused(filter)) {
            chip.getStyleClass().add("refused");
            name.setGraphic(Sign.FAILS.icon());
            name.setTooltip(new Tooltip(texts.get("explorer.chip.refused")));
        }
        return chip;
    }

    private void table() {
        RecordColumns columns = new RecordColumns(desk);
        columns.number(seq);
        columns.text(occurredAt, "occurredAt");
        columns.text(stream, "stream");
        columns.text(actor, "actor");
        columns.text(action, "action");
        columns.text(resource, "resource");
        columns.text(outcome, "outcome");
        columns.text(source, "source");
        records.setFixedCellSize(30);
        records.getSelectionModel().setSelectionMode(javafx.scene.control.SelectionMode.MULTIPLE);
        records.setRowFactory(made -> new RecordColumns.Row(index -> {
            Found found = model.found().get().value();
            if (found != null) {
                found.rows().near(index);
            }
        }));
        records.getSelectionModel().selectedItemProperty().addListener((at, was, is) -> {
            if (is != null) {
                model.choose(is);
            }
        });
        desk.times().local().addListener((at, was, is) -> records.refresh());
        FilterMenu.on(records, this::fill);
        records.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                Objects.requireNonNull(detail).focus();
                event.consume();
            }
        });
    }

    private void fill(List<MenuItem> items, @Nullable String column) {
        RecordRow row = records.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        String pointed = column == null ? null : row.values().get(column);
        if (column != null && RecordRow.FIELDS.contains(column) && pointed != null) {
            FilterMenu.items(items, texts, column, pointed, model::add);
            items.add(new SeparatorMenuItem());
        } else {
            for (String field : RecordRow.FIELDS) {
                String value = row.values().get(field);
                if (value != null) {
                    FilterMenu.items(items, texts, field, value, model::add);
                }
            }
            items.add(new SeparatorMenuItem());
        }
        items.add(FilterMenu.item(texts.get("explorer.prove"), this::prove));
        items.add(FilterMenu.item(texts.get("explorer.copy"), this::copyText));
        items.add(FilterMenu.item(texts.get("explorer.copy.csv"), this::copyCsv));
        items.add(FilterMenu.item(texts.get("explorer.basket.add"), this::toBasket));
    }

    private void found(Loaded<Found> state) {
        listening.unsubscribe();
        Found found = state.value();
        if (found == null) {
            records.setItems(FXCollections.<@Nullable RecordRow>observableArrayList());
            foot(null);
            return;
        }
        GrowingList<RecordRow> rows = found.rows();
        if (records.getItems() != rows) {
            records.setItems(rows);
            if (!rows.isEmpty()) {
                records.getSelectionModel().clearAndSelect(0);
                records.scrollTo(0);
            }
        }
        listening = rows.end().subscribe(end -> foot(found));
        foot(found);
    }

    private void foot() {
        basket.textProperty().bind(model.basket().size().map(size -> texts.get("explorer.basket", size)));
        basket.setGraphic(FontIcon.of(Material2OutlinedMZ.WORK_OUTLINE));
        basket.getItems()
                .setAll(
                        FilterMenu.item(texts.get("explorer.basket.add"), this::toBasket),
                        FilterMenu.item(texts.get("explorer.basket.pack"), model::packOfBasket),
                        FilterMenu.item(texts.get("explorer.basket.copy"), () -> desk.dialogs()
                                .copy(String.join("\n", model.basket().ids()))),
                        FilterMenu.item(texts.get("explorer.basket.empty"), model.basket()::empty));
        var whyNot = model.whyNoPack();
        pack.disableProperty().bind(whyNot.map(why -> true).orElse(false));
        pack.setOnAction(pressed -> askPack());
        // A disabled button has no tip of its own.
        Node around = pack.getParent();
        whyNot.subscribe(why -> {
            String told = why == null ? texts.get("explorer.pack.tip") : why;
            pack.setTooltip(new Tooltip(told));
            pack.setAccessibleHelp(told);
            Tooltip.install(around, why == null ? null : new Tooltip(why));
        });
    }

    private void foot(@Nullable Found found) {
        loaded.setVisible(found != null);
        fresh.setVisible(found != null);
        boolean more = false;
        if (found != null) {
            GrowingList.End end = found.rows().end().get();
            more = end == GrowingList.End.PAUSED || end == GrowingList.End.FAILED || end == GrowingList.End.FULL;
            long last = found.skipped() + found.rows().size();
            String count = found.skipped() == 0
                    ? texts.get("explorer.loaded." + end, last)
                    : texts.get("explorer.skipped", found.skipped() + 1) + " "
                            + texts.get("explorer.loaded." + end, last);
            loaded.setText(count);
            Exception problem = found.rows().problem().get();
            loaded.setGraphic(end == GrowingList.End.FAILED ? Sign.DOUBTFUL.icon() : null);
            loaded.setTooltip(
                    problem == null
                            ? null
                            : new Tooltip(
                                    desk.connection().troubles().of(problem).line()));
            fresh.setText(freshness(found));
        }
        lookOn.setVisible(more);
        lookOn.setManaged(more);
        lookOn.setOnAction(pressed -> {
            if (found != null && found.rows().end().get() == GrowingList.End.FULL) {
                model.goOn();
            } else if (found != null) {
                found.rows().grow();
            }
        });
    }

    private String freshness(Found found) {
        if (found.watermark() < 1) {
            return "";
        }
        String told = texts.get("explorer.fresh", found.watermark() - 1, found.lagMillis() / 1000.0);
        if (found.unsearched().isEmpty()) {
            return told;
        }
        QueryPage.Unsearched first = found.unsearched().getFirst();
        boolean left = first.filter().startsWith("not.");
        return told + "  "
                + texts.get(
                        left ? "explorer.unsearched.not" : "explorer.unsearched",
                        left ? first.filter().substring("not.".length()) : first.filter(),
                        first.streams(),
                        first.reason());
    }

    private void fillSaved() {
        saved.getItems().clear();
        for (String name : model.saved()) {
            saved.getItems().add(FilterMenu.item(name, () -> model.open(name)));
        }
        if (!saved.getItems().isEmpty()) {
            javafx.scene.control.Menu forget = new javafx.scene.control.Menu(texts.get("explorer.questions.forget"));
            for (String name : model.saved()) {
                forget.getItems().add(FilterMenu.item(name, () -> model.forget(name)));
            }
            saved.getItems().addAll(new SeparatorMenuItem(), forget);
        }
        saved.getItems().addFirst(FilterMenu.item(texts.get("explorer.questions.keep"), this::keep));
    }

    // What the palette and the keys do, too.

    @FXML
    private void ask() {
        model.ask();
    }

    void focusQuery() {
        query.requestFocus();
        query.selectAll();
    }

    void keep() {
        desk.dialogs()
                .text(
                        texts.get("explorer.questions.keep"),
                        texts.get("explorer.questions.name"),
                        texts.get("explorer.questions.do"),
                        false,
                        model::save);
    }

    void askPack() {
        if (model.selection().isPresent()) {
            desk.dialogs()
                    .text(
                            texts.get("explorer.pack"),
                            texts.get("explorer.pack.purpose"),
                            texts.get("explorer.pack.do"),
                            false,
                            model::export);
        }
    }

    void prove() {
        if (model.chosen().get() != null) {
            Objects.requireNonNull(detail).toProof();
        }
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
        return records.getSelectionModel().getSelectedItems().stream()
                .<RecordRow>mapMulti((row, taken) -> {
                    if (row != null) {
                        taken.accept(row);
                    }
                })
                .toList();
    }
}
