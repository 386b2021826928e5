package io.strongroom.console.look;

import javafx.animation.AnimationTimer;

/** Does something once, when what is on screen now has been drawn. */
public final class Drawn extends AnimationTimer {
    /** Who is called before the second frame knows that the first was drawn. */
    private static final int FRAMES = 2;

    private final Runnable then;
    private int frames;

    private Drawn(Runnable then) {
        this.then = then;
    }

    /** On the UI thread, as is what it does. */
    public static void then(Runnable then) {
        new Drawn(then).start();
    }

    @Override
    public void handle(long now) {
        frames++;
        if (frames == FRAMES) {
            stop();
            then.run();
        }
    }
}
