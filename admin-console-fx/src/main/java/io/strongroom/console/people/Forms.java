package io.strongroom.console.people;

import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.text.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the forms here are made of. */
final class Forms {
    private Forms() {}

    /** A name over each field. */
    static VBox fields(Node... nodes) {
        VBox form = new VBox(nodes);
        form.getStyleClass().add("fields");
        return form;
    }

    static Label name(Texts texts, String key, Node of) {
        Label label = new Label(texts.bundle().getString(key));
        label.setLabelFor(of);
        return label;
    }

    static Label why(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    /** Some of a few things. */
    static final class Choice<T> extends VBox {
        private final Map<T, CheckBox> boxes = new LinkedHashMap<>();

        Choice(List<T> all, Set<T> chosen, Function<T, String> word) {
            super(6);
            for (T each : all) {
                CheckBox box = new CheckBox(word.apply(each));
                box.setSelected(chosen.contains(each));
                boxes.put(each, box);
                getChildren().add(box);
            }
        }

        Set<T> chosen() {
            return boxes.entrySet().stream()
                    .filter(each -> each.getValue().isSelected())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        /** Whether something holds of the choice and of what else is filled in. */
        BooleanBinding ready(Callable<Boolean> holds, Observable... others) {
            return Bindings.createBooleanBinding(
                    holds,
                    Stream.concat(boxes.values().stream().map(CheckBox::selectedProperty), Stream.of(others))
                            .toArray(Observable[]::new));
        }
    }

    /** Shows a secret this once, with a way to copy it. */
    static void once(Desk desk, String title, String why, String secret, int rows) {
        TextArea shown = new TextArea(secret);
        shown.setEditable(false);
        shown.setWrapText(true);
        shown.setPrefRowCount(rows);
        shown.getStyleClass().add("mono");
        shown.setId("shown-once");
        Button copy = new Button(desk.texts().get("people.copy"));
        copy.getStyleClass().add("accent");
        copy.setOnAction(pressed -> desk.dialogs().copy(secret));
        desk.dialogs()
                .form(title, fields(why(why), shown, copy), copy, null, new SimpleBooleanProperty(true), () -> {});
    }

    /** Why nothing can be done now about what is chosen in a table. */
    static ObservableValue<@Nullable String> whyNot(Deeds deeds, String operation, TableView<?> table, String choose) {
        var chosen = table.getSelectionModel().selectedItemProperty();
        return deeds.whyNot(operation, () -> chosen.get() == null ? choose : null, chosen);
    }
}
