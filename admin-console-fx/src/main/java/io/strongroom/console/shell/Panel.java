package io.strongroom.console.shell;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A panel over the window: a title, something under it, and buttons. */
final class Panel extends VBox {
    private static final double WIDTH = 480;

    Panel(String title) {
        getStyleClass().add("panel");
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        setPrefWidth(WIDTH);
        Label heading = new Label(title);
        heading.getStyleClass().add("title-4");
        heading.setWrapText(true);
        getChildren().add(heading);
    }

    Panel with(Node node) {
        getChildren().add(node);
        return this;
    }

    Panel text(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return with(label);
    }

    Panel buttons(Button... buttons) {
        HBox row = new HBox(buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        row.getStyleClass().add("buttons");
        return with(row);
    }
}
