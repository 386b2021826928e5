package io.strongroom.console;

import io.strongroom.console.look.Drawn;
import io.strongroom.console.look.Look;
import io.strongroom.console.look.SinceStart;
import io.strongroom.console.pack.PackView;
import io.strongroom.console.pack.PackViewModel;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import java.time.InstantSource;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window of the viewer of packs. */
public final class VerifierWindow extends Application {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    @Override
    public void start(Stage stage) {
        Texts texts = Texts.in(Locale.getDefault());
        Look look = new Look();
        PackViewModel model = new PackViewModel(Background.ofJavaFx(), InstantSource.system(), program());
        Scene scene = new Scene(new PackView(model, texts).load(), WIDTH, HEIGHT);
        look.dress(scene);
        stage.setTitle(texts.get("pack.window"));
        stage.setMinWidth(900);
        stage.setMinHeight(560);
        stage.setScene(scene);
        stage.show();
        Verifier.Arguments arguments = Verifier.Arguments.parse(getParameters().getRaw());
        if (arguments.timed()) {
            time(model, arguments.pack() != null);
        }
        if (arguments.trust() != null) {
            model.trust(arguments.trust());
        }
        if (arguments.pack() != null) {
            model.open(arguments.pack());
        }
    }

    /** Says when the window is drawn, and when a pack that it opens is verified; ends the program then. */
    private static void time(PackViewModel model, boolean opens) {
        Drawn.then(() -> {
            SinceStart.tell("window");
            if (!opens) {
                Platform.exit();
            }
        });
        model.state().subscribe(now -> {
            if (now == PackViewModel.State.VERDICT || now == PackViewModel.State.UNREADABLE) {
                Drawn.then(() -> {
                    SinceStart.tell("verdict");
                    Platform.exit();
                });
            }
        });
    }

    /** What a report says that verified. */
    private static String program() {
        String version = VerifierWindow.class.getPackage().getImplementationVersion();
        return "Strongroom verifier " + (version == null ? "(from classes)" : version);
    }
}
