package io.strongroom.console.look;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class LookTest {
    /** The system's preferences are there as long as the process: what listens to them strongly is, too, with its window. */
    @Test
    void whatTheSystemPrefersKeepsNoWindow(FxRobot robot) {
        List<WeakReference<Scene>> dressed = new ArrayList<>();
        robot.interact(() -> {
            Scene scene = new Scene(new Pane());
            Look look = new Look();
            look.beforeChange(scene::getRoot);
            look.dress(scene);
            dressed.add(new WeakReference<>(scene));
        });
        await().until(() -> {
            System.gc();
            return dressed.getFirst().get() == null;
        });
    }
}
