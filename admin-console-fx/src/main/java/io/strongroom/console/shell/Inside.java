package io.strongroom.console.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** What stands in a screen, whether it is on screen yet or not. */
final class Inside {
    private Inside() {}

    /** All of it, in the order of the fxml; of tables not the cells, which come and go. */
    static List<Node> of(Parent view) {
        List<Node> found = new ArrayList<>();
        add(view, found);
        return found;
    }

    /** What controls hold is among their children only once they are on screen. */
    private static void add(Node node, List<Node> found) {
        found.add(node);
        if (node instanceof SplitPane split) {
            split.getItems().forEach(item -> add(item, found));
        } else if (node instanceof TabPane tabs) {
            tabs.getTabs().stream()
                    .map(Tab::getContent)
                    .filter(Objects::nonNull)
                    .forEach(content -> add(content, found));
        } else if (node instanceof ScrollPane scroll) {
            if (scroll.getContent() != null) {
                add(scroll.getContent(), found);
            }
        } else if (node instanceof Parent parent && !(node instanceof TableView)) {
            parent.getChildrenUnmodifiable().forEach(child -> add(child, found));
        }
    }

    /** Whether a node stands in another, or is it. */
    static boolean within(@Nullable Node node, Node container) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (at == container) {
                return true;
            }
        }
        return false;
    }
}
