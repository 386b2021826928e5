package io.strongroom.console.packs;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Cells;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.packs.WizardViewModel.KeptApart;
import io.strongroom.console.packs.WizardViewModel.Sample;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import java.util.List;
import javafx.collections.SetChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** What of a sample of the records stays hidden, and what more of it is to be left out. */
final class HideView implements Page {
    private final WizardViewModel model;
    private final Texts texts;
    private final Parent root;

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

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    HideView(WizardViewModel model, Desk desk) {
        this.model = model;
        this.texts = desk.texts();
        this.root = Fxml.load(this, texts);
    }

    @Override
    public Parent root() {
        return root;
    }

    @FXML
    private void initialize() {
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
        sampleState.bind(
                model.sample(),
                texts,
                found -> found.fields().isEmpty(),
                new StatePane.Nothing(
                        Material2OutlinedMZ.VISIBILITY, texts.get("packs.hide.none"), texts.get("packs.hide.none.why")),
                model::look);
        model.sample().subscribe(this::sample);
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

    private void sample(Loaded<Sample> now) {
        Sample found = now.value();
        apart.getItems().setAll(found == null ? List.of() : found.fields());
        sampled.setText(
                found == null
                        ? ""
                        : texts.get(found.more() ? "packs.hide.sampled.more" : "packs.hide.sampled", found.records()));
    }

    @Override
    public void next() {
        model.reviewed();
    }
}
