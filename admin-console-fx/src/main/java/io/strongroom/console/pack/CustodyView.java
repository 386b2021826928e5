package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import javafx.fxml.FXML;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Whose hands a pack went through. */
public final class CustodyView {
    private final PackViewModel model;
    private final Texts texts;

    @FXML
    private ScrollPane page;

    @FXML
    private VBox sections;

    CustodyView(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    private void initialize() {
        model.papers().value().subscribe(this::show);
    }

    private void show(@Nullable Papers papers) {
        sections.getChildren().clear();
        page.setVvalue(0);
        var ladder = model.ladder().get();
        if (papers == null || ladder == null) {
            return;
        }
        PackViewModel.Trust trust = model.trust().get();
        Sheet sheet = new Sheet(texts);
        Custody.of(papers, ladder.facts(), trust == null ? null : trust.content(), texts)
                .forEach(section -> sections.getChildren().add(sheet.section(section)));
    }
}
