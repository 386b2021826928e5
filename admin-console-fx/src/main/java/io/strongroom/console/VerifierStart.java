package io.strongroom.console;

import io.strongroom.console.pack.PackViewModel.State;
import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;

/** Says how long the process took until its window was drawn, and until it had verified what it opened; then ends it. */
final class VerifierStart extends AnimationTimer {
    /** Who is called before the second frame knows that the first was drawn. */
    private static final int FRAMES = 2;

    private final Instant started =
            ProcessHandle.current().info().startInstant().orElseThrow();
    private final ObservableValue<State> state;
    private final boolean verifies;
    private int frames;

    /** @param verifies whether a pack was given, and so a verdict comes */
    VerifierStart(ObservableValue<State> state, boolean verifies) {
        this.state = state;
        this.verifies = verifies;
    }

    @Override
    public void handle(long now) {
        frames++;
        if (frames == FRAMES) {
            tell("window");
        }
        State reached = state.getValue();
        boolean settled = !verifies || reached == State.VERDICT || reached == State.UNREADABLE;
        if (frames >= FRAMES && settled) {
            if (verifies) {
                tell("verdict");
            }
            stop();
            Platform.exit();
        }
    }

    private void tell(String what) {
        System.out.println(
                what + " after " + Duration.between(started, Instant.now()).toMillis() + " ms");
    }
}
