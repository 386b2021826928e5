package io.strongroom.console.desk;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

/** One screen of the console. For the UI thread alone. */
public interface Screen {
    /** Its id: lower-case letters. Its name is the text {@code screen.<id>}. */
    String id();

    Group group();

    Ikon icon();

    /** What is seen of it; made when it is first shown, and the same from then on. */
    Parent view();

    /**
     * It is on screen from now: it asks for what it shows, or for what is new.
     *
     * @param what where in it, as {@link Spot#what}; empty to stay where one was
     */
    void shown(String what);

    /** It is not on screen any more: it asks for nothing until it is shown again. */
    default void hidden() {}

    /** Asks again for what it shows (F5). */
    default void refresh() {
        shown("");
    }

    /** How many things there need the officer, as it stands beside its name; null where it is not counted. */
    default @Nullable ObservableValue<Number> count() {
        return null;
    }

    /** What can be done here, beside going elsewhere. To ask for it makes no view. */
    default List<Action> actions() {
        return List.of();
    }

    /**
     * What else its buttons and menus do once something is chosen here, by their names: whoever looks for one of these
     * elsewhere is led here.
     */
    default List<String> onceChosen() {
        return List.of();
    }
}
