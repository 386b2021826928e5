package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The sheet of keys (F1): what can be done here by which key. */
final class KeySheet {
    private static final List<String> OWN = List.of(
            "keys.palette",
            "keys.back",
            "keys.forward",
            "keys.refresh",
            "keys.screens",
            "keys.sheet",
            "keys.theme",
            "keys.times",
            "keys.table",
            "keys.close");

    private KeySheet() {}

    static void show(Overlay overlay, Texts texts, List<Action> ofScreen) {
        GridPane rows = new GridPane();
        rows.getStyleClass().add("facts");
        for (Action action : ofScreen) {
            if (action.key() != null) {
                row(rows, action.key().getDisplayText(), action.name());
            }
        }
        for (String key : OWN) {
            row(rows, texts.get(key), texts.get(key + ".does"));
        }
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(440);
        Button close = new Button(texts.get("close"));
        close.setDefaultButton(true);
        close.setOnAction(pressed -> overlay.close());
        VBox panel = new Panel(texts.get("keys.title")).with(scroll).buttons(close);
        overlay.show(panel, close, () -> {});
    }

    private static void row(GridPane rows, String key, String does) {
        Label name = new Label(key);
        name.getStyleClass().add("mono");
        name.setMinWidth(190);
        name.setWrapText(true);
        Label what = new Label(does);
        what.setWrapText(true);
        rows.addRow(rows.getRowCount(), name, what);
    }
}
