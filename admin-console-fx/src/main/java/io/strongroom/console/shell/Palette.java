package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
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
    private static final double WIDTH = 600;
    private static final double HEIGHT = 420;

    private final Overlay overlay;
    private final List<Action> actions;
    private final TextField typed = new TextField();
    private final ListView<Action> list = new ListView<>();

    Palette(Overlay overlay, Texts texts, List<Action> actions) {
        this.overlay = overlay;
        this.actions = actions;
        typed.setId("palette-typed");
        typed.setPromptText(texts.get("palette.prompt"));
        typed.setAccessibleText(texts.get("palette.prompt"));
        list.setId("palette-list");
        list.setPlaceholder(new Label(texts.get("palette.none")));
        list.setCellFactory(made -> new ActionCell(texts));
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
        list.getItems().setAll(ShellViewModel.found(actions, text));
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
        Action chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null && (chosen.whyNot() == null || chosen.whyNot().getValue() == null)) {
            overlay.close();
            chosen.run().run();
        }
    }

    /** Its name, and at the right its key, or why it cannot be done. */
    private static final class ActionCell extends ListCell<Action> {
        private final Texts texts;
        private final Label name = new Label();
        private final Label aside = new Label();
        private final HBox row = new HBox(name, new Region(), aside);

        ActionCell(Texts texts) {
            this.texts = texts;
            HBox.setHgrow(row.getChildren().get(1), Priority.ALWAYS);
            aside.getStyleClass().add("text-muted");
            row.setAlignment(Pos.CENTER_LEFT);
            row.setMaxWidth(WIDTH - 60);
        }

        @Override
        protected void updateItem(@Nullable Action action, boolean nothing) {
            super.updateItem(action, nothing);
            if (nothing || action == null) {
                setGraphic(null);
                return;
            }
            String whyNot = action.whyNot() == null ? null : action.whyNot().getValue();
            name.setText(action.name());
            name.setOpacity(whyNot == null ? 1 : 0.6);
            aside.setText(whyNot != null ? whyNot : action.key() == null ? "" : KeyNames.of(action.key(), texts));
            setGraphic(row);
        }
    }
}
