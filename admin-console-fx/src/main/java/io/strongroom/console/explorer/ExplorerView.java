package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.GrowingList;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The audit explorer. */
public final class ExplorerView {
    private final ExplorerViewModel model;
    private final Desk desk;
    private final Texts texts;
    private @Nullable DetailView detail;
    private @Nullable RecordsTable table;
    private @Nullable KeptQuestions kept;

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
        Tip.on(showFacets, texts.get("explorer.facets"));
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
        new ChipsView(chips, model, texts);
        new FacetsView(facets, model, texts);
        detail = DetailView.of(model, desk, split.getItems()::add);
        model.showsFacets().subscribe(this::facets);
        records();
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
        new FootView(loaded, lookOn, fresh, model, desk);
        basket();
        pack();
        kept = new KeptQuestions(saved, model, desk);
    }

    private void purpose() {
        purpose.textProperty().bindBidirectional(model.purpose());
        purpose.setOnAction(entered -> model.ask());
        Tip.on(purpose, texts.get("explorer.purpose.why"));
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
            split.setDividerPositions(0.18, 0.74);
        } else {
            split.setDividerPositions(0.66);
        }
    }

    private void records() {
        table = new RecordsTable(records, model, desk, this::prove);
        records.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                Objects.requireNonNull(detail).focus();
                event.consume();
            }
        });
    }

    private void basket() {
        basket.textProperty().bind(model.basket().size().map(size -> texts.get("explorer.basket", size)));
        basket.setGraphic(FontIcon.of(Material2OutlinedMZ.WORK_OUTLINE));
        basket.getItems()
                .setAll(
                        FilterMenu.item(texts.get("explorer.basket.add"), this::toBasket),
                        FilterMenu.item(texts.get("explorer.basket.pack"), model::packOfBasket),
                        FilterMenu.item(texts.get("explorer.basket.copy"), () -> desk.dialogs()
                                .copy(String.join("\n", model.basket().ids()))),
                        FilterMenu.item(texts.get("explorer.basket.empty"), model.basket()::empty));
    }

    private void pack() {
        var whyNot = model.pack().whyNot();
        pack.disableProperty().bind(whyNot.map(why -> true).orElse(false));
        pack.setOnAction(pressed -> model.pack().ask());
        // A disabled button has no tip of its own.
        Node around = pack.getParent();
        whyNot.subscribe(why -> {
            String told = why == null ? texts.get("explorer.pack.tip") : why;
            pack.setTooltip(new Tooltip(told));
            pack.setAccessibleHelp(told);
            Tooltip.install(around, why == null ? null : new Tooltip(why));
        });
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
        Objects.requireNonNull(kept).keep();
    }

    void prove() {
        if (model.chosen().get() != null) {
            Objects.requireNonNull(detail).toProof();
        }
    }

    void copyText() {
        Objects.requireNonNull(table).copyText();
    }

    void copyCsv() {
        Objects.requireNonNull(table).copyCsv();
    }

    void toBasket() {
        Objects.requireNonNull(table).toBasket();
    }
}
