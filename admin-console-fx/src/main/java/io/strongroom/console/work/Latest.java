package io.strongroom.console.work;

import org.jspecify.annotations.Nullable;

/** One question at a time: a new one cancels the one before, whose answer never shows. For the UI thread alone. */
public final class Latest {
    private final Background background;
    private Background.@Nullable Run run;

    Latest(Background background) {
        this.background = background;
    }

    public <T> void start(Job<T> job, Answer<T> answer) {
        cancel();
        run = background.start(job, answer);
    }

    /** After this nothing is heard of what was asked before. */
    public void cancel() {
        if (run != null) {
            run.cancel();
            run = null;
        }
    }
}
