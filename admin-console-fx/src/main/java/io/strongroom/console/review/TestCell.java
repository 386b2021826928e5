package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** How a test of the bundle went, and what it found otherwise than it expects. */
final class TestCell extends ListCell<PolicyProposal.Test> {
    private final Texts texts;

    TestCell(Texts texts) {
        this.texts = texts;
    }

    @Override
    protected void updateItem(PolicyProposal.@Nullable Test test, boolean empty) {
        super.updateItem(test, empty);
        if (empty || test == null) {
            setGraphic(null);
            return;
        }
        Label name = new Label(Printable.of(test.name()));
        Label place = new Label(texts.get("review.test.place", Printable.of(test.file()), String.valueOf(test.line())));
        place.getStyleClass().addAll("text-muted", "small");
        VBox told = new VBox(1, name, place);
        for (String failure : test.failures()) {
            Label found = new Label(Printable.of(failure));
            found.getStyleClass().addAll("mono", "danger");
            told.getChildren().add(found);
        }
        HBox row = new HBox(10, (test.passed() ? Sign.HOLDS : Sign.FAILS).icon(), told);
        row.setAlignment(Pos.CENTER_LEFT);
        setGraphic(row);
        setAccessibleText(test.name() + ": " + texts.get(test.passed() ? "review.test.passed" : "review.test.failed"));
    }
}
