package io.strongroom.console.explorer;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.text.Texts;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;

/** The questions that an officer keeps, by the names that they gave them, in a menu. */
final class KeptQuestions {
    private static final String KEY = "explorer.saved.";

    private final MenuButton menu;
    private final ExplorerViewModel model;
    private final Desk desk;

    KeptQuestions(MenuButton menu, ExplorerViewModel model, Desk desk) {
        this.menu = menu;
        this.model = model;
        this.desk = desk;
        menu.setOnShowing(event -> fill());
        fill();
    }

    private List<String> names() {
        return desk.kept().keys(KEY).stream()
                .map(key -> key.substring(KEY.length()))
                .toList();
    }

    private void fill() {
        Texts texts = desk.texts();
        menu.getItems().setAll(FilterMenu.item(texts.get("explorer.questions.keep"), this::keep));
        Menu forget = new Menu(texts.get("explorer.questions.forget"));
        for (String name : names()) {
            menu.getItems().add(FilterMenu.item(name, () -> open(name)));
            forget.getItems().add(FilterMenu.item(name, () -> desk.kept().remove(KEY + name)));
        }
        if (!forget.getItems().isEmpty()) {
            menu.getItems().addAll(new SeparatorMenuItem(), forget);
        }
    }

    private void open(String name) {
        model.text().set(desk.kept().get(KEY + name).orElse(""));
        model.ask();
    }

    /** Asks for a name for the question. */
    void keep() {
        Texts texts = desk.texts();
        desk.dialogs()
                .text(
                        texts.get("explorer.questions.keep"),
                        texts.get("explorer.questions.name"),
                        texts.get("explorer.questions.do"),
                        false,
                        name -> desk.kept()
                                .put(KEY + name, model.question().get().text()));
    }
}
