package io.strongroom.console.look;

import io.strongroom.evidence.Printable;
import javafx.beans.NamedArg;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Names and values, one under the other, which can be copied. What came from elsewhere is made printable. */
public final class FactGrid extends GridPane {
    private final String copy;
    private ValueKeys keys;

    /** Which value had the keyboard when they were cleared: it is given back to the one that comes to its place. */
    private int place = -1;

    /** @param copy what the menu of a value says, such as <i>Copy</i> */
    public FactGrid(@NamedArg("copy") String copy) {
        this.copy = copy;
        keys = new ValueKeys(copy);
        getStyleClass().add("fact-grid");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setFillWidth(true);
        getColumnConstraints().setAll(names, values);
    }

    public void clear() {
        place = keys.at();
        keys = new ValueKeys(copy);
        getChildren().clear();
    }

    /** A value; nothing is shown where there is none. */
    public FactGrid add(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : add(name, label(value));
    }

    /** A digest or an id. */
    public FactGrid mono(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        Label shown = label(value);
        shown.getStyleClass().add("mono");
        return add(name, shown);
    }

    private FactGrid add(String name, Label value) {
        keys.add(value);
        add(name, (Node) value);
        if (place >= 0) {
            keys.at(place);
            place = keys.at() == place ? -1 : place;
        }
        return this;
    }

    /** Something that is not copied, such as a sign with its word. */
    public FactGrid add(String name, Node value) {
        Label key = new Label(name);
        key.getStyleClass().add("text-muted");
        key.setLabelFor(value);
        GridPane.setValignment(key, VPos.TOP);
        addRow(getRowCount(), key, value);
        return this;
    }

    private static Label label(String value) {
        Label shown = new Label(Printable.of(value));
        shown.setWrapText(true);
        shown.setMinHeight(Region.USE_PREF_SIZE);
        return shown;
    }
}
