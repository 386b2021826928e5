package io.strongroom.console.packs;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.text.Texts;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;

/** Which records: by what they have, or those that were put aside. */
final class ScopeView implements Page {
    private final WizardViewModel model;
    private final Texts texts;
    private final Parent root;

    @FXML
    private Node asideChoice;

    @FXML
    private RadioButton byFields;

    @FXML
    private RadioButton asideOnly;

    @FXML
    private GridPane fields;

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
    private TextField without;

    @FXML
    private TextField fromSeq;

    @FXML
    private TextField toSeq;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    ScopeView(WizardViewModel model, Desk desk) {
        this.model = model;
        this.texts = desk.texts();
        this.root = Fxml.load(this, texts);
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public Node first() {
        return model.asideOnly().get() ? asideOnly : from;
    }

    @FXML
    private void initialize() {
        outcome.getItems().setAll("", "success", "failure", "unknown");
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

    @Override
    public void next() {
        model.scoped(new Scope(
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
                toSeq.getText()));
    }
}
