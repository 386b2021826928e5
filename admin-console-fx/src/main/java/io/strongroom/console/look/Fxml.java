package io.strongroom.console.look;

import io.strongroom.console.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/** Loads what a view is made of. */
public final class Fxml {
    private Fxml() {}

    /** Loads {@code x.fxml}, which lies beside this {@code XView} and has it as its controller. */
    public static Parent load(Object view, Texts texts) {
        Class<?> type = view.getClass();
        String name = type.getSimpleName().replaceFirst("View$", "").toLowerCase(Locale.ROOT) + ".fxml";
        FXMLLoader loader = new FXMLLoader(type.getResource(name), texts.bundle());
        loader.setController(view);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
