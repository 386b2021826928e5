package io.strongroom.console.desk;

import io.strongroom.console.work.Trouble;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** Asks the officer, and tells. Answers come on the UI thread; where the officer would rather not, none comes. */
public interface Dialogs {
    /**
     * Asks whether to do something that cannot be undone, or counts.
     *
     * @param action what the button says: what is done, never "OK"
     */
    void confirm(String title, String text, String action, Runnable done);

    /**
     * Asks for a text.
     *
     * @param label what is asked for
     * @param secret whether it is not shown as it is typed
     */
    void text(String title, String label, String action, boolean secret, Consumer<String> done);

    /**
     * Shows something over the window: a form to fill in, or what is shown once.
     *
     * @param focus where the keyboard goes
     * @param action what the button says; null where there is nothing to do but to close it
     * @param ready whether it can be done
     */
    void form(
            String title,
            Node content,
            Node focus,
            @Nullable String action,
            ObservableValue<Boolean> ready,
            Runnable done);

    /** Asks where to save a file. */
    void save(String title, String name, Consumer<Path> done);

    /** Asks for a file. */
    void open(String title, String pattern, Consumer<Path> done);

    /** Asks for a folder. */
    void folder(String title, Consumer<Path> done);

    /** Tells, in passing, that something was done. */
    void told(String text);

    /** Tells that something was not done, and why. */
    void failed(String what, Trouble why);

    /** Puts a text on the clipboard, and says so. */
    void copy(String text);
}
