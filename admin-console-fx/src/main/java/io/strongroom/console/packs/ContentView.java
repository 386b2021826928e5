package io.strongroom.console.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;

/** What for, and in which form. */
final class ContentView implements Page {
    private final WizardViewModel model;
    private final Parent root;

    @FXML
    private TextField purposeText;

    @FXML
    private RadioButton parquet;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ContentView(WizardViewModel model, Desk desk) {
        this.model = model;
        this.root = Fxml.load(this, desk.texts());
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public Node first() {
        return purposeText;
    }

    @Override
    public void next() {
        model.filled(parquet.isSelected() ? ExportFormat.PARQUET : ExportFormat.NDJSON, purposeText.getText());
    }
}
