package io.strongroom.console.shell;

import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The palette of commands (Ctrl+K): one types a few letters of what one wants to do. */
final class Palette {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 420;

    private final Overlay overlay;
    private final List<Offer> offers;
    private final TextField typed = new TextField();
    private final ListView<Offer> list = new ListView<>();

    Palette(Overlay overlay, Texts texts, List<Offer> offers) {
        this.overlay = overlay;
        this.offers = offers;
        typed.setId("palette-typed");
        typed.setPromptText(texts.get("palette.prompt"));
        typed.setAccessibleText(texts.get("palette.prompt"));
        list.setId("palette-list");
        list.setPlaceholder(new Label(texts.get("palette.none")));
        list.setCellFactory(made -> new OfferCell(texts));
        list.setFocusTraversable(false);
        VBox.setVgrow(list, Priority.ALWAYS);
        typed.textProperty().subscribe(this::find);
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setOnMouseClicked(clicked -> perform());
    }

    void show() {
        VBox box = new VBox(typed, list);
        box.getStyleClass().addAll("panel", "palette");
        box.setMaxSize(WIDTH, HEIGHT);
        box.setPrefSize(WIDTH, HEIGHT);
        overlay.show(box, typed, () -> {});
    }

    private void find(String text) {
        list.getItems().setAll(Offer.found(offers, text));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private void key(KeyEvent event) {
        int at = list.getSelectionModel().getSelectedIndex();
        switch (event.getCode()) {
            case DOWN -> select(at + 1);
            case UP -> select(at - 1);
            case ENTER -> perform();
            default -> {
                return;
            }
        }
        if (event.getCode() != KeyCode.ESCAPE) {
            event.consume();
        }
    }

    private void select(int at) {
        if (at >= 0 && at < list.getItems().size()) {
            list.getSelectionModel().select(at);
            list.scrollTo(Math.max(0, at - 4));
        }
    }

    private void perform() {
        Offer chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.action().reason() == null) {
            overlay.close();
            chosen.action().run().run();
        }
    }

    /** Its name, and at the right its key, the screen it is of, or why it cannot be done. */
    private static final class OfferCell extends ListCell<Offer> {
        private final Texts texts;
        private final Label name = new Label();
        private final Label aside = new Label();
        private final HBox row = new HBox(12, name, new Region(), aside);

        OfferCell(Texts texts) {
            this.texts = texts;
            HBox.setHgrow(row.getChildren().get(1), Priority.ALWAYS);
            name.setMinWidth(Region.USE_PREF_SIZE);
            aside.getStyleClass().addAll("text-muted", "small");
            row.setAlignment(Pos.CENTER_LEFT);
            row.setMaxWidth(WIDTH - 60);
        }

        @Override
        protected void updateItem(@Nullable Offer offer, boolean nothing) {
            super.updateItem(offer, nothing);
            if (nothing || offer == null) {
                setGraphic(null);
                return;
            }
            name.setText(offer.action().name());
            name.setOpacity(offer.action().reason() == null ? 1 : 0.6);
            aside.setText(aside(offer));
            setGraphic(row);
        }

        private String aside(Offer offer) {
            String whyNot = offer.action().reason();
            String of = offer.screen();
            if (whyNot != null) {
                return of.isEmpty() ? whyNot : texts.get("palette.not", of, whyNot);
            } else if (!of.isEmpty()) {
                return texts.get(offer.leads() ? "palette.leads" : "palette.of", of);
            }
            return offer.action().key() == null
                    ? ""
                    : KeyNames.of(offer.action().key(), texts);
        }
    }
}
