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
import io.strongroom.console.shell.FileDialogs;
import io.strongroom.console.shell.Shell;
import io.strongroom.console.signin.SignInView;
import io.strongroom.console.signin.SignInViewModel;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Screen;
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
                here -> ConsoleScreens.of(here, home),
                desk -> SignInView.of(
                        new SignInViewModel(desk, OfficerFolder.keys(home), arguments.appliance(), arguments.officer()),
                        desk),
                FileDialogs.SYSTEM,
                guide());
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
        place(stage, scene, remembered);
        stage.show();
        opened(shell.desk(), scene);
        if (arguments.timed()) {
            Drawn.then(() -> {
                SinceStart.tell("window");
                Platform.exit();
            });
        }
    }

    /** Opens the guide in the system's browser; null where there is none, as when the console runs from a build. */
    private @Nullable Runnable guide() {
        // By the class path: a class that comes out of a start cache does not know where it was loaded from.
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(jar -> jar.contains("strongroom-console"))
                // Beside the folder with the jars.
                .map(jar -> Path.of(jar).resolve("../../guide/index.html").normalize())
                .filter(Files::isRegularFile)
                .findFirst()
                .<Runnable>map(page ->
                        () -> getHostServices().showDocument(page.toUri().toString()))
                .orElse(null);
    }

    /** Where and as large as it was; where that is on no screen any more, the system finds a place for it. */
    private static void place(Stage stage, Scene scene, Kept remembered) {
        double x = remembered.number("window.x", Double.NaN);
        double y = remembered.number("window.y", Double.NaN);
        if (!Screen.getScreensForRectangle(x, y, scene.getWidth(), scene.getHeight())
                .isEmpty()) {
            stage.setX(x);
            stage.setY(y);
        }
        stage.setMaximized(remembered.get("window.maximized").equals(Optional.of("true")));
        stage.setOnHiding(closing -> {
            remembered.put("window.maximized", String.valueOf(stage.isMaximized()));
            if (!stage.isMaximized()) {
                remembered.put("window.x", String.valueOf(stage.getX()));
                remembered.put("window.y", String.valueOf(stage.getY()));
                remembered.put("window.width", String.valueOf(scene.getWidth()));
                remembered.put("window.height", String.valueOf(scene.getHeight()));
            }
        });
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
