package io.strongroom.console.explorer;

import io.strongroom.api.RecordFacets;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import io.strongroom.evidence.Printable;
import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The values that records have, the most frequent first; choosing one asks for it. */
final class FacetsView {
    private final VBox box;
    private final ExplorerViewModel model;
    private final Texts texts;

    FacetsView(VBox box, ExplorerViewModel model, Texts texts) {
        this.box = box;
        this.model = model;
        this.texts = texts;
        model.facets().subscribe(this::show);
    }

    private void show(Loaded<RecordFacets> state) {
        ObservableList<Node> shown = box.getChildren();
        switch (state) {
            case Loaded.Here<RecordFacets> here -> {
                int at = focused();
                shown.clear();
                here.value().facets().forEach(this::facet);
                String reason = here.value().reason();
                if (!reason.isEmpty()) {
                    shown.add(note(reason));
                }
                focus(at);
            }
            case Loaded.Loading<RecordFacets> loading -> shown.setAll(note(texts.get("state.loading")));
            case Loaded.Failed<RecordFacets> failed ->
                shown.setAll(note(failed.trouble().line()));
            case Loaded.Nothing<RecordFacets> nothing -> shown.clear();
        }
    }

    /** Which line of it has the keyboard; less than 0 where none has. */
    private int focused() {
        Node owner = box.getScene() == null ? null : box.getScene().getFocusOwner();
        return box.getChildren().indexOf(owner);
    }

    /** Others stand there by now; one goes on at the same height. */
    private void focus(int at) {
        List<Node> values =
                box.getChildren().stream().filter(Button.class::isInstance).toList();
        if (at >= 0 && !values.isEmpty()) {
            values.stream()
                    .filter(value -> box.getChildren().indexOf(value) >= at)
                    .findFirst()
                    .orElse(values.getLast())
                    .requestFocus();
        }
    }

    private void facet(RecordFacets.Facet facet) {
        if (facet.values().isEmpty()) {
            return;
        }
        Label heading = new Label(name(facet.field()));
        heading.getStyleClass().add("section");
        box.getChildren().add(heading);
        facet.values().forEach(value -> box.getChildren().add(value(facet.field(), value)));
        if (facet.others() > 0) {
            box.getChildren().add(note(texts.get("explorer.facets.others", facet.others())));
        }
    }

    private Button value(String field, RecordFacets.Value value) {
        Label name = new Label(Printable.of(value.value()));
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label count = new Label(texts.get("explorer.number", value.records()));
        count.getStyleClass().addAll("text-muted", "small");
        count.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(6, name, count);
        Button button = new Button();
        button.setGraphic(line);
        line.prefWidthProperty().bind(button.widthProperty().subtract(18));
        button.setMaxWidth(Double.MAX_VALUE);
        button.getStyleClass().addAll("flat", "facet");
        Tip.on(button, name.getText());
        button.setAccessibleText(texts.get("explorer.facets.value", name(field), value.value(), value.records()));
        button.setOnAction(pressed -> model.add(Filter.of(field, value.value())));
        return button;
    }

    private String name(String field) {
        return texts.get("explorer.facet." + field);
    }

    private static Label note(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("text-muted", "small", "note");
        label.setWrapText(true);
        return label;
    }
}
