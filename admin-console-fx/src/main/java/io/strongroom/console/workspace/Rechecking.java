package io.strongroom.console.workspace;

import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Latest;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work again whenever it is told to, such as checking what is typed. One run at a time: who types fast has
 * not ten of them beside each other, of which nine are for nothing. A run that was overtaken is told so, and what it finds
 * is not shown; the next begins when it has ended. For the UI thread alone.
 */
final class Rechecking<T> {
    /** What is done each time. */
    @FunctionalInterface
    interface Work<T> {
        /** @param overtaken whether what is found will be for nothing; off the UI thread */
        T run(Overtaken overtaken) throws Exception;
    }

    /** Whether a run goes on for nothing. */
    static final class Overtaken {
        private volatile boolean overtaken;

        /**
         * Ends a run that goes on for nothing.
         *
         * @throws InterruptedException if it does
         */
        void check() throws InterruptedException {
            if (overtaken) {
                throw new InterruptedException("overtaken");
            }
        }
    }

    private final Background background;
    private final Work<T> work;
    private final Answer<T> answer;
    private final Latest pause;
    private final ReadOnlyBooleanWrapper pending = new ReadOnlyBooleanWrapper();
    private @Nullable Overtaken running;
    private boolean due;

    Rechecking(Background background, Work<T> work, Answer<T> answer) {
        this.background = background;
        this.work = work;
        this.answer = answer;
        this.pause = background.latest();
    }

    /** Whether an answer is to come. */
    ReadOnlyBooleanProperty pending() {
        return pending.getReadOnlyProperty();
    }

    /** Does it after a job, such as a pause in which one may go on typing; whatever was due before is not done. */
    <P> void after(Job<P> first) {
        overtake();
        pending.set(true);
        pause.start(first, new Answer<P>() {
            @Override
            public void done(P result) {
                begin();
            }

            @Override
            public void failed(Exception why) {
                pending.set(false);
                answer.failed(why);
            }
        });
    }

    /** Does it at once, or as soon as the run that goes on has ended. */
    void now() {
        overtake();
        pending.set(true);
        begin();
    }

    /** Does it no more until it is told to: nothing is heard of a run that goes on. */
    void drop() {
        overtake();
        pending.set(false);
    }

    private void overtake() {
        pause.cancel();
        due = false;
        if (running != null) {
            running.overtaken = true;
        }
    }

    private void begin() {
        if (running != null) {
            due = true;
            return;
        }
        due = false;
        Overtaken run = new Overtaken();
        running = run;
        background.latest().start(progress -> work.run(run), new Answer<T>() {
            @Override
            public void done(T result) {
                if (ended(run)) {
                    answer.done(result);
                }
            }

            @Override
            public void failed(Exception why) {
                if (ended(run)) {
                    answer.failed(why);
                }
            }
        });
    }

    /** @return whether what it found is shown */
    private boolean ended(Overtaken run) {
        running = null;
        if (due) {
            begin();
        }
        if (run.overtaken) {
            return false;
        }
        pending.set(false);
        return true;
    }
}
