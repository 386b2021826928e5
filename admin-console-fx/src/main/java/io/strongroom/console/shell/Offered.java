package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.jspecify.annotations.Nullable;

/**
 * What can be done on the screen that is shown, for the palette of commands: what its buttons do, the items of its menus, and
 * its pages. What cannot be done now is there where it says why, and not where it does not.
 */
final class Offered {
    private final Texts texts;
    private final List<Action> found = new ArrayList<>();

    private Offered(Texts texts) {
        this.texts = texts;
    }

    /** @param named what the palette has from elsewhere: of two that are called the same, a screen's own word counts */
    static List<Action> of(@Nullable Parent view, List<Action> named, Texts texts) {
        Offered offered = new Offered(texts);
        if (view != null) {
            offered.look(view);
        }
        List<Action> all = new ArrayList<>();
        for (Action each : offered.found) {
            if (named.stream().noneMatch(isCalled(each)) && all.stream().noneMatch(isCalled(each))) {
                all.add(each);
            }
        }
        return all;
    }

    /** Whether it does the same by its name, which may say before it on what: <i>Device: Lock</i>. */
    private static Predicate<Action> isCalled(Action each) {
        String name = plain(each.name());
        return other -> plain(other.name()).equals(name) || plain(other.name()).endsWith(": " + name);
    }

    private static String plain(String name) {
        return name.replace("…", "").strip().toLowerCase(Locale.ROOT);
    }

    private void look(Node node) {
        // What stands in a row is about that row, which the palette does not name.
        if (!node.isVisible() || node instanceof IndexedCell<?>) {
            return;
        }
        switch (node) {
            case MenuButton menu -> (menu.isDisabled() ? List.<MenuItem>of() : menu.getItems()).forEach(this::item);
            case Button button -> add(button);
            case Hyperlink link -> add(link);
            case TabPane tabs -> {
                pages(tabs);
                within(tabs);
            }
            case Parent parent -> within(parent);
            default -> {}
        }
    }

    private void within(Parent parent) {
        parent.getChildrenUnmodifiable().forEach(this::look);
    }

    private void pages(TabPane tabs) {
        for (Tab tab : tabs.getTabs()) {
            if (!tab.isSelected() && !tab.isDisabled()) {
                found.add(new Action(texts.get("palette.page", tab.getText()), null, () -> tabs.getSelectionModel()
                        .select(tab)));
            }
        }
    }

    private void item(MenuItem item) {
        String name = item.getText();
        if (name != null && !name.isBlank() && !item.isDisable() && item.getOnAction() != null) {
            found.add(new Action(name, null, item::fire));
        }
    }

    private void add(ButtonBase button) {
        String said = button.getAccessibleText();
        String name = said == null || said.isBlank() ? shown(button) : said;
        String whyNot = button.isDisabled() ? button.getAccessibleHelp() : null;
        if (!name.isBlank() && (whyNot != null || !button.isDisabled())) {
            found.add(new Action(name, null, button::fire, new SimpleObjectProperty<@Nullable String>(whyNot)));
        }
    }

    private static String shown(ButtonBase button) {
        String text = button.getText() == null ? "" : button.getText();
        return button.isMnemonicParsing() ? text.replace("_", "") : text;
    }
}
