package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.console.look.ValueKeys;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Lays out facts for the screen. */
final class Sheet {
    /** How wide the names are. */
    static final double NAMES = 165;

    private final Texts texts;

    Sheet(Texts texts) {
        this.texts = texts;
    }

    /** A section under its title. */
    VBox section(Section section) {
        VBox box = new VBox(label(section.title(), "sheet-title"));
        box.getStyleClass().add("sheet");
        if (!section.facts().isEmpty()) {
            box.getChildren().add(facts(section.facts()));
        }
        if (!section.note().isEmpty()) {
            box.getChildren().add(label(section.note(), "text-muted"));
        }
        return box;
    }

    /** Names at the left, values at the right; a value can be copied. */
    GridPane facts(List<Fact> facts) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("sheet-facts");
        ColumnConstraints names = new ColumnConstraints(NAMES);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(names, values);
        ValueKeys keys = new ValueKeys(texts.get("copy"));
        int row = 0;
        for (Fact fact : facts) {
            Label name = label(fact.name(), "text-muted");
            Label value = fact.exact() ? label(fact.value(), "mono") : label(fact.value());
            keys.add(value);
            name.setLabelFor(value);
            GridPane.setValignment(name, VPos.TOP);
            grid.addRow(row++, name, value);
        }
        return grid;
    }

    static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** An icon and a sentence beside it. */
    static Node remark(Sign sign, String text) {
        HBox row = new HBox(sign.icon(), label(text));
        row.getStyleClass().add("sheet-remark");
        return row;
    }
}
