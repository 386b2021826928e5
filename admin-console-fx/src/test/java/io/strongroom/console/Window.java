package io.strongroom.console;

import io.strongroom.api.About;
import io.strongroom.api.Account;
import io.strongroom.api.Role;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Watch;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Kept;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Times;
import io.strongroom.console.look.Look;
import io.strongroom.console.shell.FileDialogs;
import io.strongroom.console.shell.Shell;
import io.strongroom.console.signin.SignInView;
import io.strongroom.console.signin.SignInViewModel;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import io.strongroom.evidence.Digest;
import io.strongroom.policies.Operations;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Transform;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The console's real window in a test, and pictures of it. */
public final class Window implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 40_000;
    /** Half of the tests' time goes into pictures, so they are taken when somebody means to look at them. */
    public static final boolean TAKES_PICTURES = System.getProperty("strongroom.pictures") != null;

    public static final Path PICTURES = Path.of("target/pictures");
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    /** What a pass measures decides what the next one lays out. */
    private static final int LAYOUT_PASSES = 3;

    public final Look look = new Look();
    public final Connection connection;
    public final Desk desk;
    public final Scene scene;
    public final Path home;

    /** How often the guide was asked for. */
    public final AtomicInteger guideOpened = new AtomicInteger();

    /** What the system's dialogs for files answer: a file of the name that is proposed, in the home of the test. */
    private final FileDialogs files = new FileDialogs() {
        @Override
        public File save(FileChooser asked, javafx.stage.Window over) {
            return Window.this.home.resolve(asked.getInitialFileName()).toFile();
        }
    };

    private final Watch watch;
    private List<Screen> screens = List.of();

    /** The whole console, in English, with no appliance known. To be made on the UI thread. */
    public static Window ofAllScreens(Stage stage, Path home) {
        return new Window(stage, desk -> ConsoleScreens.of(desk, home), null, Locale.ENGLISH, home);
    }

    /** To be made on the UI thread. */
    public Window(
            Stage stage,
            Function<Desk, List<Screen>> screens,
            @Nullable Appliance appliance,
            Locale locale,
            Path home) {
        this.home = home;
        look.theme().set(Look.Theme.LIGHT);
        Texts texts = Texts.in(locale);
        Background background = Background.ofJavaFx();
        connection = new Connection(background, Platform::runLater, InstantSource.system(), texts);
        watch = new Watch(connection, background, InstantSource.system());
        Shell shell = new Shell(
                background,
                connection,
                watch,
                texts,
                new Times(ZoneId.of("Europe/Berlin")),
                new Kept(home.resolve("console.properties")),
                look,
                desk -> {
                    this.screens = screens.apply(desk);
                    return this.screens;
                },
                desk -> SignInView.of(new SignInViewModel(desk, OfficerFolder.keys(home), appliance, ""), desk),
                files,
                guideOpened::incrementAndGet);
        desk = shell.desk();
        scene = new Scene(shell.view(), WIDTH, HEIGHT);
        look.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    /** In the order in which they are offered. */
    public List<Screen> screens() {
        return screens;
    }

    /** Who is signed in for screens that are given what they show, with no appliance behind them. */
    public static Connection.Who ann() {
        return ann(Operations.ALL);
    }

    /** The same, whom the rules allow these operations alone. */
    public static Connection.Who ann(Set<String> may) {
        Digest fingerprint = Digest.of("authority".getBytes(StandardCharsets.UTF_8));
        return new Connection.Who(
                new Appliance(URI.create("https://strongroom.example:8443"), fingerprint),
                new About(
                        "Strongroom",
                        "0.1.0",
                        "acme",
                        "strongroom.example/acme",
                        fingerprint.toString(),
                        "https://strongroom.example:8444",
                        null),
                new SessionInfo(
                        "s1",
                        new Account("ann@example.com", "Ann Example", EnumSet.allOf(Role.class), Map.of(), true),
                        "127.0.0.1",
                        "2026-11-21T08:00:00Z",
                        "2026-11-21T20:00:00Z",
                        null),
                may);
    }

    /** In both themes, if pictures are asked for. */
    public void pictures(FxRobot robot, String name) {
        if (!TAKES_PICTURES) {
            return;
        }
        for (Look.Theme theme : new Look.Theme[] {Look.Theme.DARK, Look.Theme.LIGHT}) {
            robot.interact(() -> look.theme().set(theme));
            WaitForAsyncUtils.waitForFxEvents();
            picture(robot, name + "-" + theme.name().toLowerCase(Locale.ROOT), WIDTH, HEIGHT, 1);
        }
    }

    /** At this size of the window, and so many pixels to one of its units, if pictures are asked for. */
    public void picture(FxRobot robot, String name, double width, double height, double scale) {
        if (TAKES_PICTURES) {
            save(taken(robot, width, height, scale), PICTURES.resolve(name + ".png"));
        }
    }

    /** What the window shows at this size. The headless screen is smaller, but a picture need not be. */
    public BufferedImage taken(FxRobot robot, double width, double height, double scale) {
        WritableImage[] taken = new WritableImage[1];
        robot.interact(() -> {
            Parent root = scene.getRoot();
            for (int pass = 0; pass < LAYOUT_PASSES; pass++) {
                root.resize(width, height);
                root.applyCss();
                root.layout();
            }
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setTransform(Transform.scale(scale, scale));
            taken[0] = root.snapshot(parameters, null);
            root.resize(scene.getWidth(), scene.getHeight());
        });
        return SwingFXUtils.fromFXImage(taken[0], null);
    }

    static void save(BufferedImage picture, Path file) {
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this text, or the node of this query, can be seen. */
    public static boolean shows(FxRobot robot, String query) {
        return finds(() -> robot.lookup(query).queryAll().stream().anyMatch(Window::seen));
    }

    /** Looks on the UI thread: what is seen changes there, and whoever looked from another would find half of it. */
    public static boolean finds(Callable<Boolean> looking) {
        try {
            return Platform.isFxApplicationThread()
                    ? looking.call()
                    : WaitForAsyncUtils.waitForAsyncFx(PATIENCE_MILLIS, looking);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean seen(Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    @Override
    public void close() {
        watch.close();
        connection.close();
        // The stage is used again: what stood in it must go.
        boolean unused = finds(() -> {
            scene.setRoot(new Pane());
            return true;
        });
    }
}
