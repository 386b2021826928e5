package io.strongroom.console.rehearsal;

import io.strongroom.console.ConsoleWindow;
import io.strongroom.console.desk.Desk;
import java.io.IOException;
import javafx.application.Platform;
import javafx.scene.Scene;

/** The console's window, in which nobody sits. */
public final class RehearsalWindow extends ConsoleWindow {
    private static final int FAILED = 1;

    @Override
    protected void opened(Desk desk, Scene scene) {
        Thread ui = Thread.currentThread();
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> {
            try (Pauses pauses = new Pauses(ui, "first sign-in")) {
                new Hour(desk, scene, pauses).play();
                Platform.exit();
            } catch (IOException | InterruptedException | RuntimeException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(FAILED);
            }
        });
    }
}
