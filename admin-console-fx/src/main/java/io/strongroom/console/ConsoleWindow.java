package io.strongroom.console;

import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Watch;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Kept;
import io.strongroom.console.desk.Times;
import io.strongroom.console.look.Drawn;
import io.strongroom.console.look.Look;
import io.strongroom.console.look.SinceStart;
import io.strongroom.console.shell.Shell;
import io.strongroom.console.signin.SignInView;
import io.strongroom.console.signin.SignInViewModel;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The window of the console. */
public class ConsoleWindow extends Application {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    private @Nullable Connection connection;
    private @Nullable Watch watch;
    private @Nullable Kept kept;

    @Override
    public void start(Stage stage) {
        Console.Arguments arguments = Console.Arguments.parse(getParameters().getRaw());
        Path home = OfficerFolder.current();
        Kept remembered = new Kept(home.resolve("console.properties"));
        Texts texts = Texts.in(Locale.getDefault());
        Look look = new Look();
        look.theme().set(arguments.theme());
        Background background = Background.ofJavaFx();
        Connection made = new Connection(background, Platform::runLater, InstantSource.system(), texts);
        Watch watching = new Watch(made, background, InstantSource.system());
        Shell shell = new Shell(
                background,
                made,
                watching,
                texts,
                new Times(ZoneId.systemDefault()),
                remembered,
                look,
                ConsoleScreens::of,
                desk -> SignInView.of(
                        new SignInViewModel(desk, OfficerFolder.keys(home), arguments.appliance(), arguments.officer()),
                        desk));
        connection = made;
        watch = watching;
        kept = remembered;
        Scene scene = new Scene(
                shell.view(), remembered.number("window.width", WIDTH), remembered.number("window.height", HEIGHT));
        look.dress(scene);
        stage.setTitle(texts.get("shell.window"));
        stage.setMinWidth(1000);
        stage.setMinHeight(640);
        stage.setScene(scene);
        stage.setMaximized(remembered.get("window.maximized").equals(java.util.Optional.of("true")));
        stage.setOnHiding(closing -> {
            remembered.put("window.maximized", String.valueOf(stage.isMaximized()));
            if (!stage.isMaximized()) {
                remembered.put("window.width", String.valueOf(scene.getWidth()));
                remembered.put("window.height", String.valueOf(scene.getHeight()));
            }
        });
        stage.show();
        opened(shell.desk(), scene);
        if (arguments.timed()) {
            Drawn.then(() -> {
                SinceStart.tell("window");
                Platform.exit();
            });
        }
    }

    /** The window is open, and nobody signed in yet. */
    protected void opened(Desk desk, Scene scene) {}

    @Override
    public void stop() {
        if (watch != null) {
            watch.close();
        }
        if (connection != null) {
            connection.close();
        }
        if (kept != null) {
            kept.save();
        }
    }
}
