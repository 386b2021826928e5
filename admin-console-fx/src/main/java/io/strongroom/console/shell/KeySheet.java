package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.look.PlainScrollPane;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

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
            "keys.menu",
            "keys.leave",
            "keys.close");

    private static final double WIDTH = 600;
    private static final double KEYS_WIDTH = 220;

    private KeySheet() {}

    /** @param guide opens the officers' guide; null where there is none */
    static void show(Overlay overlay, Texts texts, List<Action> ofScreen, @Nullable Runnable guide) {
        GridPane rows = new GridPane();
        rows.getStyleClass().add("facts");
        ColumnConstraints does = new ColumnConstraints();
        does.setHgrow(Priority.ALWAYS);
        rows.getColumnConstraints().setAll(new ColumnConstraints(KEYS_WIDTH), does);
        for (Action action : ofScreen) {
            if (action.key() != null) {
                row(rows, KeyNames.of(action.key(), texts), action.name());
            }
        }
        for (String key : OWN) {
            row(rows, texts.get(key), texts.get(key + ".does"));
        }
        ScrollPane scroll = new PlainScrollPane();
        scroll.setContent(rows);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(440);
        Button close = new Button(texts.get("close"));
        close.setDefaultButton(true);
        close.setOnAction(pressed -> overlay.close());
        Panel sheet = new Panel(texts.get("keys.title")).with(scroll);
        sheet.setPrefWidth(WIDTH);
        sheet.setMaxWidth(WIDTH);
        VBox panel = guide == null ? sheet.buttons(close) : sheet.buttons(guide(texts, guide), close);
        overlay.show(panel, close, () -> {});
    }

    private static Button guide(Texts texts, Runnable guide) {
        Button open = new Button(texts.get("palette.guide"));
        open.setId("open-guide");
        open.setOnAction(pressed -> guide.run());
        return open;
    }

    private static void row(GridPane rows, String key, String does) {
        Label name = new Label(key);
        name.getStyleClass().add("mono");
        name.setWrapText(true);
        Label what = new Label(does);
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        GridPane.setValignment(name, VPos.TOP);
        rows.addRow(rows.getRowCount(), name, what);
    }
}
