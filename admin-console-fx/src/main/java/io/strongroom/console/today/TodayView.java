package io.strongroom.console.today;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** What needs the officer at the left, how the appliance is at the right. */
public final class TodayView {
    private final TodayViewModel model;
    private final Desk desk;
    private final Texts texts;

    @FXML
    private StatePane state;

    @FXML
    private ListView<Need> needs;

    @FXML
    private Label calm;

    @FXML
    private Label unseen;

    @FXML
    private GridPane facts;

    @FXML
    private Hyperlink chain;

    private TodayView(TodayViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
    }

    static Parent of(TodayViewModel model, Desk desk) {
        return Fxml.load(new TodayView(model, desk), desk.texts());
    }

    @FXML
    private void initialize() {
        state.bind(
                model.found(),
                texts,
                found -> false,
                new StatePane.Nothing(Material2OutlinedAL.CHECK_CIRCLE, texts.get("today.calm"), ""),
                model::ask);
        needs.setCellFactory(made -> new NeedCell());
        needs.setOnMouseClicked(clicked -> go());
        needs.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                go();
            }
        });
        calm.setGraphic(Sign.HOLDS.icon());
        unseen.managedProperty().bind(unseen.visibleProperty());
        chain.setOnAction(pressed -> model.go(Spot.of("chain")));
        model.found().subscribe(this::show);
        desk.times().whenTold(state, () -> show(model.found().getValue()));
    }

    private void go() {
        Need chosen = needs.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            model.go(chosen.spot());
        }
    }

    private void show(Loaded<Needs.Found> now) {
        Needs.Found found = now.value();
        if (found == null) {
            return;
        }
        Need chosen = needs.getSelectionModel().getSelectedItem();
        needs.getItems().setAll(found.needs());
        needs.getSelectionModel().select(chosen);
        needs.setVisible(!found.needs().isEmpty());
        calm.setVisible(found.needs().isEmpty());
        unseen.setVisible(!found.unseen().isEmpty());
        unseen.setText(texts.get("today.unseen", String.join(", ", found.unseen())));
        facts.getChildren().clear();
        ApplianceStatus status = found.status();
        if (status != null) {
            facts(status);
        }
    }

    private void facts(ApplianceStatus status) {
        boolean whole = status.ready() && status.parts().isEmpty();
        fact(
                "today.fact.state",
                sign(whole ? Sign.HOLDS : Sign.FAILS, texts.get(whole ? "today.well" : "today.unwell")));
        fact("today.fact.entries", new Label(texts.number(status.ledger().size())));
        String at = status.ledger().checkpointAt();
        fact(
                "today.fact.checkpoint",
                new Label(
                        at == null
                                ? texts.get("today.none")
                                : texts.get(
                                        "today.checkpoint",
                                        status.ledger().checkpointSize(),
                                        desk.times().full(at))));
        fact("today.fact.lag", lag(status.readModels()));
        fact("today.fact.telemetry", lag(status.telemetry()));
        fact("today.fact.since", new Label(desk.times().full(status.process().startedAt())));
    }

    private Node lag(ApplianceStatus.ReadModel model) {
        if (model.failing()) {
            return sign(Sign.FAILS, texts.get("today.failing"));
        }
        if (model.rebuilding()) {
            return sign(Sign.DOUBTFUL, texts.get("today.rebuilding"));
        }
        return model.lagRecords() == 0
                ? sign(Sign.HOLDS, texts.get("today.current"))
                : sign(Sign.NEUTRAL, texts.get("today.behind", model.lagRecords(), model.lagMillis() / 1000.0));
    }

    private static Node sign(Sign sign, String text) {
        Label label = new Label(text, sign.icon());
        label.setWrapText(true);
        return label;
    }

    private void fact(String name, Node value) {
        Label key = new Label(texts.get(name));
        key.getStyleClass().add("text-muted");
        key.setMinWidth(Label.USE_PREF_SIZE);
        facts.addRow(facts.getRowCount(), key, value);
    }

    /** A sign, what it is, and since when or why. */
    private final class NeedCell extends ListCell<Need> {
        @Override
        protected void updateItem(@Nullable Need need, boolean nothing) {
            super.updateItem(need, nothing);
            if (nothing || need == null) {
                setGraphic(null);
                return;
            }
            Label title = new Label(need.title());
            title.getStyleClass().add("strong");
            title.setWrapText(true);
            Label kind = new Label(texts.get("need." + need.kind().name()));
            kind.getStyleClass().add("text-muted");
            Label detail = new Label(need.detail());
            detail.getStyleClass().add("text-muted");
            detail.setWrapText(true);
            VBox words = new VBox(title, detail);
            words.getStyleClass().add("titles");
            HBox.setHgrow(words, Priority.ALWAYS);
            words.setMaxWidth(Double.MAX_VALUE);
            kind.setMinWidth(Label.USE_PREF_SIZE);
            HBox row = new HBox(sign(need.urgency()).icon(), words, kind);
            row.getStyleClass().add("rung");
            row.setMaxWidth(Double.MAX_VALUE);
            row.prefWidthProperty().bind(needs.widthProperty().subtract(40));
            setGraphic(row);
            setAccessibleText(need.title() + ". " + need.detail());
        }

        private Sign sign(Need.Urgency urgency) {
            return switch (urgency) {
                case NOW -> Sign.FAILS;
                case SOON -> Sign.DOUBTFUL;
                case TO_KNOW -> Sign.NEUTRAL;
            };
        }
    }
}
