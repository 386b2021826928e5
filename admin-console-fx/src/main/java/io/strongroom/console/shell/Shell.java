package io.strongroom.console.shell;

import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Watch;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Kept;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Tasks;
import io.strongroom.console.desk.Times;
import io.strongroom.console.look.Look;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/** The window put together: what screens are given, the screens, and the bars around them. */
public final class Shell {
    private final Desk desk;
    private final Parent view;

    /**
     * @param screens makes the screens of what they are given
     * @param wayIn makes what is shown while nobody is signed in
     * @param files asks for files
     * @param guide opens the officers' guide; null where there is none
     */
    public Shell(
            Background background,
            Connection connection,
            Watch watch,
            Texts texts,
            Times times,
            Kept kept,
            Look look,
            Function<Desk, List<Screen>> screens,
            Function<Desk, Parent> wayIn,
            FileDialogs files,
            @Nullable Runnable guide) {
        ShellDialogs dialogs = new ShellDialogs(texts, files);
        connection.secondFactor(dialogs);
        ShellViewModel model = new ShellViewModel(texts);
        desk = new Desk(background, connection, texts, times, model, dialogs, new Tasks(background), kept);
        model.furnish(screens.apply(desk), ShellView.ownActions(desk, look, guide));
        view = ShellView.of(model, desk, dialogs, watch, look, wayIn.apply(desk), guide);
    }

    /** What every screen is given. */
    public Desk desk() {
        return desk;
    }

    /** What is seen. */
    public Parent view() {
        return view;
    }
}
