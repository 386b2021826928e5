package io.strongroom.console.shell;

import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The screens at the left, in groups. Tab reaches the one that is shown; the arrows go up and down. */
final class Navigation {
    private final ShellViewModel model;
    private final List<ToggleButton> items = new ArrayList<>();

    Navigation(VBox box, ShellViewModel model, Texts texts) {
        this.model = model;
        ToggleGroup one = new ToggleGroup();
        box.getChildren().clear();
        model.groups().forEach((group, screens) -> {
            Label heading = new Label(name(group, texts));
            heading.getStyleClass().add("group");
            box.getChildren().add(heading);
            for (Screen screen : screens) {
                ToggleButton item = item(screen, one);
                items.add(item);
                box.getChildren().add(item);
            }
        });
        model.current().subscribe(this::mark);
    }

    private static String name(Group group, Texts texts) {
        return texts.get("group." + group.name());
    }

    private ToggleButton item(Screen screen, ToggleGroup one) {
        ToggleButton item = new ToggleButton(model.name(screen), FontIcon.of(screen.icon()));
        item.setId("go-" + screen.id());
        item.setUserData(screen);
        item.setToggleGroup(one);
        ObservableValue<Number> count = screen.count();
        if (count != null) {
            item.textProperty()
                    .bind(count.map(
                            now -> now.intValue() == 0 ? model.name(screen) : model.name(screen) + "  (" + now + ")"));
        }
        item.setMaxWidth(Double.MAX_VALUE);
        item.getStyleClass().addAll("flat", "item");
        item.setMnemonicParsing(false);
        item.setFocusTraversable(false);
        item.setOnAction(pressed -> {
            item.setSelected(true);
            model.go(Spot.of(screen.id()));
        });
        item.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.UP) {
                int next = items.indexOf(item) + (event.getCode() == KeyCode.DOWN ? 1 : -1);
                if (next >= 0 && next < items.size()) {
                    items.get(next).requestFocus();
                }
                event.consume();
            }
        });
        return item;
    }

    private void mark(@Nullable Screen shown) {
        for (ToggleButton item : items) {
            boolean here = item.getUserData() == shown;
            item.setSelected(here);
            item.setFocusTraversable(here);
        }
    }
}
