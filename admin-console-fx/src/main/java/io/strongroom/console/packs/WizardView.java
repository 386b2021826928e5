package io.strongroom.console.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Selection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.packs.WizardViewModel.KeptApart;
import io.strongroom.console.packs.WizardViewModel.Review;
import io.strongroom.console.packs.WizardViewModel.Sample;
import io.strongroom.console.packs.WizardViewModel.Step;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.collections.SetChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The wizard: its steps from the left to the right, one of them in the middle, and the way on at the bottom. */
public final class WizardView {
    private static final double MEGABYTE = 1_000_000;

    private final WizardViewModel model;
    private final Desk desk;
    private final Texts texts;
    private final Runnable leave;

    @FXML
    private Node wizard;

    @FXML
    private HBox steps;

    @FXML
    private Label wrong;

    @FXML
    private Node scopePage;

    @FXML
    private Node asideChoice;

    @FXML
    private RadioButton byFields;

    @FXML
    private RadioButton asideOnly;

    @FXML
    private GridPane fields;

    @FXML
    private TextField without;

    @FXML
    private TextField from;

    @FXML
    private TextField to;

    @FXML
    private TextField stream;

    @FXML
    private TextField source;

    @FXML
    private TextField actor;

    @FXML
    private TextField action;

    @FXML
    private TextField resource;

    @FXML
    private ComboBox<String> outcome;

    @FXML
    private TextField labels;

    @FXML
    private TextField words;

    @FXML
    private TextField fromSeq;

    @FXML
    private TextField toSeq;

    @FXML
    private Node contentPage;

    @FXML
    private TextField purposeText;

    @FXML
    private RadioButton parquet;

    @FXML
    private Node hidePage;

    @FXML
    private StatePane sampleState;

    @FXML
    private Label sampled;

    @FXML
    private CheckBox allLeftOut;

    @FXML
    private TableView<KeptApart> apart;

    @FXML
    private TableColumn<KeptApart, KeptApart> leaveOut;

    @FXML
    private TableColumn<KeptApart, String> pointer;

    @FXML
    private TableColumn<KeptApart, String> reason;

    @FXML
    private TableColumn<KeptApart, String> count;

    @FXML
    private Node reviewPage;

    @FXML
    private StatePane reviewState;

    @FXML
    private GridPane reviewFacts;

    @FXML
    private Node sealPage;

    @FXML
    private StatePane sealState;

    @FXML
    private Button back;

    @FXML
    private Button next;

    private WizardView(WizardViewModel model, Desk desk, Runnable leave) {
        this.model = model;
        this.desk = desk;
        this.texts = desk.texts();
        this.leave = leave;
    }

    static Parent of(WizardViewModel model, Desk desk, Runnable leave) {
        return Fxml.load(new WizardView(model, desk, leave), desk.texts());
    }

    @FXML
    private void initialize() {
        Map<Step, Node> pages = Map.of(
                Step.SCOPE,
                scopePage,
                Step.CONTENT,
                contentPage,
                Step.HIDE,
                hidePage,
                Step.REVIEW,
                reviewPage,
                Step.SEAL,
                sealPage);
        outcome.getItems().setAll("", "success", "failure", "unknown");
        hide();
        wrong.textProperty().bind(model.wrong());
        wizard.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !next.isDisabled()) {
                next.fire();
                event.consume();
            }
        });
        aside();
        bind();
        model.step().subscribe(step -> {
            pages.forEach((each, page) -> page.setVisible(each == step));
            steps(step);
            able();
            focus(step);
        });
        // Begun again, it is at the step where it was left, perhaps.
        wizard.visibleProperty().subscribe(shown -> focus(model.step().get()));
        model.review().subscribe(now -> {
            able();
            if (model.step().get() == Step.REVIEW && !next.isDisabled()) {
                Platform.runLater(next::requestFocus);
            }
        });
    }

    /** Where one types, or goes on. */
    private void focus(Step step) {
        Node where =
                switch (step) {
                    case SCOPE -> model.asideOnly().get() ? asideOnly : from;
                    case CONTENT -> purposeText;
                    case HIDE, REVIEW, SEAL -> next;
                };
        Platform.runLater(where::requestFocus);
    }

    private void bind() {
        StatePane.Nothing nothing = new StatePane.Nothing(
                Material2OutlinedMZ.VISIBILITY, texts.get("packs.hide.none"), texts.get("packs.hide.none.why"));
        sampleState.bind(model.sample(), texts, found -> found.fields().isEmpty(), nothing, model::look);
        model.sample().subscribe(this::sample);
        reviewState.bind(model.review(), texts, found -> false, nothing, model::estimate);
        model.review().subscribe(this::review);
        sealState.bind(model.seal(), texts, (ExportStatus found) -> false, nothing, model::reviewed);
    }

    private void hide() {
        Columns.share(apart);
        Cells.mono(pointer, field -> field.pointer().isEmpty() ? texts.get("packs.hide.unknown") : field.pointer());
        Cells.text(reason, field -> field.reason().isEmpty() ? texts.get("packs.hide.shown") : field.reason());
        Cells.number(count, field -> texts.number(field.records()));
        Cells.node(leaveOut, field -> field.shown() ? box(field) : null);
        allLeftOut.selectedProperty().bindBidirectional(model.allLeftOut());
        apart.disableProperty().bind(model.allLeftOut());
        apart.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            KeptApart field = apart.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && field != null && field.shown()) {
                leaveOut(field, !model.leftOut().contains(field.pointer()));
                event.consume();
            }
        });
        model.leftOut().addListener((SetChangeListener<String>) change -> apart.refresh());
    }

    private CheckBox box(KeptApart field) {
        CheckBox box = new CheckBox();
        box.setSelected(model.leftOut().contains(field.pointer()));
        box.setAccessibleText(texts.get("packs.hide.leave", field.pointer()));
        box.setFocusTraversable(false);
        box.setOnAction(pressed -> leaveOut(field, box.isSelected()));
        return box;
    }

    private void leaveOut(KeptApart field, boolean out) {
        if (out) {
            model.leftOut().add(field.pointer());
        } else {
            model.leftOut().remove(field.pointer());
        }
    }

    private void aside() {
        model.aside().subscribe(records -> {
            asideChoice.setVisible(!records.isEmpty());
            asideChoice.setManaged(!records.isEmpty());
            asideOnly.setText(texts.get("packs.aside", records.size()));
        });
        asideOnly.selectedProperty().addListener((at, was, is) -> model.asideOnly()
                .set(is));
        model.asideOnly().subscribe(only -> {
            asideOnly.setSelected(only);
            byFields.setSelected(!only);
        });
        fields.disableProperty().bind(model.asideOnly());
    }

    private void steps(Step now) {
        steps.getChildren().clear();
        for (Step each : Step.values()) {
            Label label = new Label(texts.get("packs.step." + each.name(), each.ordinal() + 1));
            label.getStyleClass().add(each == now ? "step-now" : "step");
            if (each.ordinal() < now.ordinal()) {
                label.getStyleClass().add("step-done");
            }
            steps.getChildren().add(label);
        }
    }

    private void able() {
        Step step = model.step().get();
        back.setDisable(step == Step.SCOPE || step == Step.SEAL);
        next.setText(texts.get(step == Step.REVIEW ? "packs.seal" : "packs.next"));
        next.setDisable(step == Step.SEAL
                || step == Step.REVIEW && model.review().getValue().value() == null);
    }

    private void sample(Loaded<Sample> now) {
        Sample found = now.value();
        apart.getItems().setAll(found == null ? List.of() : found.fields());
        sampled.setText(
                found == null
                        ? ""
                        : texts.get(found.more() ? "packs.hide.sampled.more" : "packs.hide.sampled", found.records()));
    }

    private void review(Loaded<Review> now) {
        reviewFacts.getChildren().clear();
        Review found = now.value();
        if (found == null) {
            return;
        }
        fact("packs.review.entries", texts.number(found.estimate().entries()));
        fact(
                "packs.review.records",
                texts.get(
                        found.estimate().exact() ? "packs.review.exactly" : "packs.review.about",
                        found.estimate().records()));
        fact(
                "packs.review.left",
                texts.number(Math.max(
                        0, found.estimate().entries() - found.estimate().records())));
        fact("packs.review.size", texts.get("packs.megabytes", found.estimate().bytes() / MEGABYTE));
        fact("packs.fact.purpose", found.request().purpose());
        fact("packs.fact.format", found.request().format().wire());
        Selection selection = found.request().selection();
        fact(
                "packs.fact.range",
                selection.records().isEmpty()
                        ? texts.get("packs.range", or(selection.fromSeq()), or(selection.toSeq()))
                        : texts.get("packs.aside.range"));
        fact("packs.fact.filters", Words.of(selection, texts));
        if (!found.request().withhold().isEmpty()) {
            fact("packs.fact.withhold", Words.withhold(found.request().withhold(), texts));
        }
    }

    private static long or(@Nullable Long place) {
        return place == null ? 0 : place;
    }

    private void fact(String name, String value) {
        Label key = new Label(texts.get(name));
        key.getStyleClass().add("text-muted");
        key.setMinWidth(Label.USE_PREF_SIZE);
        Label shown = new Label(value);
        shown.setWrapText(true);
        reviewFacts.addRow(reviewFacts.getRowCount(), key, shown);
    }

    @FXML
    private void next() {
        switch (model.step().get()) {
            case SCOPE -> model.scoped(scope());
            case CONTENT ->
                model.filled(parquet.isSelected() ? ExportFormat.PARQUET : ExportFormat.NDJSON, purposeText.getText());
            case HIDE -> model.reviewed();
            case REVIEW -> {
                @Nullable Review reviewed = model.review().getValue().value();
                if (reviewed != null) {
                    model.seal(reviewed);
                }
            }
            case SEAL -> {}
        }
    }

    private Scope scope() {
        return new Scope(
                from.getText(),
                to.getText(),
                stream.getText(),
                source.getText(),
                actor.getText(),
                action.getText(),
                resource.getText(),
                outcome.getValue() == null ? "" : outcome.getValue(),
                labels.getText(),
                words.getText(),
                without.getText(),
                fromSeq.getText(),
                toSeq.getText());
    }

    @FXML
    private void back() {
        model.back();
    }

    @FXML
    private void leave() {
        leave.run();
    }
}
