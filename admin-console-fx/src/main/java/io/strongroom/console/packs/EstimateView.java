package io.strongroom.console.packs;

import io.strongroom.api.Selection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Fxml;
import io.strongroom.console.look.StatePane;
import io.strongroom.console.packs.WizardViewModel.Review;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Loaded;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** What the pack would come to. */
final class EstimateView implements Page {
    private static final double MEGABYTE = 1_000_000;

    private final WizardViewModel model;
    private final Texts texts;
    private final Parent root;

    @FXML
    private StatePane reviewState;

    @FXML
    private GridPane reviewFacts;

    @SuppressWarnings("NullAway.Init") // what the fxml fills in
    EstimateView(WizardViewModel model, Desk desk) {
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
        reviewState.bind(
                model.review(),
                texts,
                found -> false,
                new StatePane.Nothing(Material2OutlinedMZ.VISIBILITY, "", ""),
                model::estimate);
        model.review().subscribe(this::show);
    }

    private void show(Loaded<Review> now) {
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

    @Override
    public void next() {
        Review reviewed = model.review().getValue().value();
        if (reviewed != null) {
            model.seal(reviewed);
        }
    }
}
