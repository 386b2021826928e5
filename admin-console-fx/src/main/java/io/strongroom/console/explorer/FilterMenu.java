package io.strongroom.console.explorer;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;

/** What one can do with a value, as items of a menu: ask for it, or leave it out. */
final class FilterMenu {
    private static final int MOST_CHARS = 40;

    private FilterMenu() {}

    /** Two items for a value. */
    static void items(List<MenuItem> items, Texts texts, String name, String value, Consumer<Filter> taken) {
        items.add(item(texts.get("explorer.only", name, shortened(value)), () -> taken.accept(Filter.of(name, value))));
        if (Filter.excludable(name)) {
            items.add(item(
                    texts.get("explorer.without", name, shortened(value)),
                    () -> taken.accept(Filter.without(name, value))));
        }
    }

    static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(chosen -> action.run());
        return item;
    }

    private static String shortened(String value) {
        String shown = Printable.of(value);
        return shown.length() <= MOST_CHARS ? shown : shown.substring(0, MOST_CHARS) + "…";
    }
}
