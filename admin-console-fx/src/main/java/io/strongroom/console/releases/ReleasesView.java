package io.strongroom.console.releases;

import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.PolicyState;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.Sign;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.policies.diff.Change;
import java.util.List;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** What is in force and what waits above, what came into force below, and the one that is chosen beside it. */
final class ReleasesView {
    private static final int SHORT = 10;

    private final Desk desk;
    private final Texts texts;
    private final ReleasesViewModel model;
    private final Parent root;

    @FXML
    private StatePane state;

    @FXML
    private VBox inForce;

    @FXML
    private VBox open;

    @FXML
    private ListView<PolicyActivation> timeline;

    @FXML
    private StatePane chosen;

    @FXML
    private VBox detail;

    @FXML
    private Label why;

    @FXML
    private Button back;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ReleasesView(Desk desk, ReleasesViewModel model) {
        this.desk = desk;
        this.texts = desk.texts();
        this.model = model;
        this.root = Fxml.load(this, texts);
    }

    Parent root() {
        return root;
    }

    List<String> onceChosen() {
        return List.of(
                texts.get("releases.activate"), texts.get("releases.back").replace("_", ""));
    }

    @FXML
    private void initialize() {
        StatePane.Nothing none = new StatePane.Nothing(
                Material2OutlinedMZ.VERIFIED, texts.get("releases.none"), texts.get("releases.none.why"));
        state.bind(model.all().state(), texts, all -> false, none, model::refresh);
        chosen.bind(model.one().state(), texts, one -> false, none, () -> {
            PolicyActivation picked = timeline.getSelectionModel().getSelectedItem();
            if (picked != null) {
                model.choose(picked);
            }
        });
        timeline.setCellFactory(list -> new ActivationCell());
        timeline.setPlaceholder(muted(texts.get("releases.none")));
        timeline.getSelectionModel().selectedItemProperty().subscribe(picked -> {
            if (picked != null) {
                model.choose(picked);
            }
        });
        model.all().state().subscribe(now -> show());
        model.one().state().subscribe(now -> detail());
        model.acting().subscribe(acting -> show());
        desk.connection().state().subscribe(now -> show());
        desk.times().whenTold(state, () -> {
            timeline.refresh();
            show();
        });
    }

    // --- What is in force, and what waits

    private void show() {
        ReleasesViewModel.Releases all = model.all().state().get().value();
        if (all == null) {
            return;
        }
        inForce(all.state());
        open.getChildren().clear();
        all.open().forEach(proposal -> open.getChildren().add(waiting(proposal)));
        if (all.open().isEmpty()) {
            open.getChildren().add(muted(texts.get("releases.open.none")));
        }
        if (!timeline.getItems().equals(all.activations())) {
            timeline.getItems().setAll(all.activations());
            if (!all.activations().isEmpty()) {
                timeline.getSelectionModel().select(0);
            }
        }
        detail();
    }

    private void inForce(PolicyState state) {
        PolicyState.Bundle bundle = state.inForce();
        Label name = new Label(
                texts.get("releases.inforce", Printable.of(bundle.name()), Printable.of(bundle.version())),
                (state.fault() == null ? Sign.HOLDS : Sign.FAILS).icon());
        name.getStyleClass().add("title-4");
        name.setWrapText(true);
        Label about = muted(
                bundle.commit() == null
                        ? texts.get("releases.inforce.builtin")
                        : texts.get("releases.inforce.commit", brief(bundle.commit()), brief(bundle.digest())));
        about.setTooltip(new Tooltip(bundle.digest()));
        inForce.getChildren().setAll(name, about);
        if (state.fault() != null) {
            inForce.getChildren().add(line(Sign.FAILS, texts.get("releases.fault", Printable.of(state.fault()))));
        }
        if (state.drift() != null) {
            inForce.getChildren().add(line(Sign.DOUBTFUL, texts.get("releases.drift", Printable.of(state.drift()))));
        }
    }

    private Node waiting(PolicyProposal proposal) {
        String name = ReleasesViewModel.name(proposal.name());
        Hyperlink title = new Hyperlink(Printable.of(proposal.title().isBlank() ? name : proposal.title()));
        title.setOnAction(pressed -> desk.navigator().go(new Spot("review", name)));
        String whyNot = model.whyNotActivate(proposal);
        Label told = muted(whyNot == null ? texts.get("releases.ready") : whyNot);
        told.getStyleClass().add("small");
        told.setMinHeight(Label.USE_PREF_SIZE);
        VBox text = new VBox(2, title, told);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button activate = new Button(texts.get("releases.activate"));
        activate.setId("activate-" + name);
        activate.getStyleClass().add("accent");
        activate.setMinWidth(Button.USE_PREF_SIZE);
        activate.setDisable(whyNot != null || model.acting().get());
        activate.setOnAction(pressed -> desk.dialogs()
                .confirm(
                        texts.get("releases.activate.title", name),
                        texts.get("releases.activate.text"),
                        texts.get("releases.activate.do"),
                        () -> model.activate(proposal)));
        HBox row = new HBox(10, (whyNot == null ? Sign.HOLDS : Sign.NEUTRAL).icon(), text, activate);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private final class ActivationCell extends ListCell<PolicyActivation> {
        ActivationCell() {
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable PolicyActivation activation, boolean empty) {
            super.updateItem(activation, empty);
            if (empty || activation == null) {
                setGraphic(null);
                return;
            }
            ReleasesViewModel.Releases all = model.all().state().get().value();
            boolean now = all != null
                    && activation.bundle().equals(all.state().inForce().digest())
                    && activation.equals(all.activations().getFirst());
            Label name = new Label(Printable.of(ReleasesViewModel.name(activation.proposal())));
            name.getStyleClass().add("strong");
            Label about = muted(texts.get(
                    "releases.cell",
                    desk.times().full(activation.at()),
                    Printable.of(activation.requester()),
                    brief(activation.commit())));
            about.getStyleClass().add("small");
            HBox row = new HBox(10, (now ? Sign.HOLDS : Sign.NEUTRAL).icon(), new VBox(2, name, about));
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("proposal-cell");
            setGraphic(row);
        }
    }

    // --- One of them

    private void detail() {
        Release release = model.one().state().get().value();
        String whyNot = model.whyNotBack(release);
        back.setDisable(whyNot != null || model.acting().get());
        why.setText(whyNot == null ? texts.get("releases.back.why") : whyNot);
        if (release == null) {
            return;
        }
        PolicyActivation activation = release.activation();
        Label title = new Label(Printable.of(
                release.title().isBlank() ? ReleasesViewModel.name(activation.proposal()) : release.title()));
        title.getStyleClass().add("title-3");
        title.setWrapText(true);
        detail.getChildren()
                .setAll(
                        title,
                        line(
                                release.holds() ? Sign.HOLDS : Sign.DOUBTFUL,
                                texts.get(release.holds() ? "releases.holds" : "releases.holds.not")),
                        facts(release),
                        section("releases.signatures"));
        release.signatures().forEach(each -> detail.getChildren().add(signature(each)));
        detail.getChildren().add(muted(texts.get("releases.signatures.why")));
        detail.getChildren().add(section("releases.changes"));
        if (release.changes() == null) {
            detail.getChildren().add(muted(texts.get("releases.changes.unknown")));
        } else if (release.changes().isEmpty()) {
            detail.getChildren().add(muted(texts.get("review.changes.none")));
        } else {
            VBox all = new VBox(4);
            for (Change change : release.changes()) {
                Label told = new Label("•  " + Printable.of(change.sentence().in(texts.locale())));
                told.setWrapText(true);
                all.getChildren().add(told);
            }
            detail.getChildren().add(all);
        }
    }

    private Node facts(Release release) {
        PolicyActivation activation = release.activation();
        GridPane grid = new GridPane(20, 8);
        fact(grid, "releases.fact.bundle", release.name().isEmpty() ? "?" : release.name(), false);
        fact(grid, "releases.fact.at", desk.times().full(activation.at()), false);
        fact(grid, "releases.fact.requester", activation.requester(), false);
        fact(grid, "releases.fact.commit", activation.commit(), true);
        fact(grid, "releases.fact.digest", activation.bundle(), true);
        Hyperlink record = new Hyperlink(
                activation.seq() == null
                        ? activation.recordId()
                        : texts.get("releases.fact.place", activation.recordId(), activation.seq()));
        record.setOnAction(pressed -> desk.navigator().go(new Spot("explorer", "record:" + activation.recordId())));
        Label name = muted(texts.get("releases.fact.record"));
        grid.addRow(grid.getRowCount(), name, record);
        return grid;
    }

    private void fact(GridPane grid, String key, String value, boolean mono) {
        Label shown = new Label(Printable.of(value));
        shown.setWrapText(true);
        if (mono) {
            shown.getStyleClass().addAll("mono", "small");
        }
        Label name = muted(texts.get(key));
        name.setMinWidth(Label.USE_PREF_SIZE);
        grid.addRow(grid.getRowCount(), name, shown);
    }

    private Node signature(Signature signature) {
        return line(
                signature.holds() ? Sign.HOLDS : Sign.FAILS,
                signature.holds()
                        ? texts.get(
                                "releases.signature",
                                Printable.of(signature.officer()),
                                Printable.of(signature.role()),
                                desk.times().full(signature.at()),
                                brief(signature.key()))
                        : texts.get(
                                "releases.signature.not",
                                Printable.of(signature.officer()),
                                Printable.of(String.valueOf(signature.why()))));
    }

    @FXML
    private void back() {
        Release release = model.one().state().get().value();
        if (release != null) {
            desk.dialogs()
                    .confirm(
                            texts.get(
                                    "releases.back.ask",
                                    release.name(),
                                    brief(release.activation().commit())),
                            texts.get("releases.back.text"),
                            texts.get("releases.back.do"),
                            () -> model.bringBack(release));
        }
    }

    // --- Parts

    private Label section(String key) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("section");
        return label;
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("text-muted");
        label.setWrapText(true);
        return label;
    }

    private static Node line(Sign sign, String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox line = new HBox(10, sign.icon(), label);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static String brief(String hex) {
        String digits = hex.replace("sha256:", "");
        return digits.length() <= SHORT ? digits : digits.substring(0, SHORT);
    }
}
