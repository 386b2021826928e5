package io.strongroom.console.explorer;

import io.strongroom.console.look.Sign;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The filters of the question, each with what takes it out of it. */
final class ChipsView {
    private final FlowPane pane;
    private final ExplorerViewModel model;
    private final Texts texts;

    ChipsView(FlowPane pane, ExplorerViewModel model, Texts texts) {
        this.pane = pane;
        this.model = model;
        this.texts = texts;
        model.question().subscribe(asked -> show());
        model.found().subscribe(found -> show());
    }

    private void show() {
        Question asked = model.question().get();
        pane.getChildren().setAll(asked.filters().stream().map(this::chip).toList());
        pane.setVisible(!asked.filters().isEmpty());
        pane.setManaged(!asked.filters().isEmpty());
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
            Tip.on(name, texts.get("explorer.chip.excluded"));
        }
        if (model.refused(filter)) {
            chip.getStyleClass().add("refused");
            name.setGraphic(Sign.FAILS.icon());
            Tip.on(name, texts.get("explorer.chip.refused"));
        }
        return chip;
    }
}
