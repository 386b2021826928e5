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

/** The window put together: what screens are given, the screens, and the bars around them. */
public final class Shell {
    private final Desk desk;
    private final Parent view;

    /**
     * @param screens makes the screens of what they are given
     * @param wayIn makes what is shown while nobody is signed in
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
            Function<Desk, Parent> wayIn) {
        ShellDialogs dialogs = new ShellDialogs(texts);
        connection.secondFactor(dialogs);
        ShellViewModel model = new ShellViewModel(texts);
        desk = new Desk(background, connection, texts, times, model, dialogs, new Tasks(background), kept);
        model.furnish(screens.apply(desk), ShellView.ownActions(desk, look));
        view = ShellView.of(model, desk, dialogs, watch, look, wayIn.apply(desk));
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
