package io.strongroom.console.work;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** Runs jobs off the UI thread. */
public final class Background {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    private final Executor ui;

    /** Answers on this executor, which stands for the UI thread. */
    public Background(Executor ui) {
        this.ui = ui;
    }

    /** Answers on the thread of JavaFX. */
    public static Background ofJavaFx() {
        return new Background(Platform::runLater);
    }

    /** For one place that shows one answer at a time. */
    public Latest latest() {
        return new Latest(this);
    }

    /** Starts a job. What it answers is shown only while {@link Run#wanted}. */
    <T> Run start(Job<T> job, Answer<T> answer) {
        Run run = new Run();
        AtomicReference<@Nullable Double> untold = new AtomicReference<>();
        run.thread = Thread.ofVirtual().name("work").start(() -> {
            try {
                T result = job.run(part -> {
                    if (untold.getAndSet(part) == null) {
                        ui.execute(() -> {
                            Double newest = untold.getAndSet(null);
                            if (newest != null && run.wanted) {
                                answer.progressed(newest);
                            }
                        });
                    }
                });
                ui.execute(() -> run.tell(() -> answer.done(result)));
            } catch (Exception e) {
                ui.execute(() -> run.tell(() -> answer.failed(e)));
            } catch (Error e) {
                // Too little memory, say: whoever waits must not wait for ever.
                LOG.log(System.Logger.Level.ERROR, "a job ended in an error", e);
                ui.execute(() -> run.tell(() -> answer.failed(new IllegalStateException(e.toString(), e))));
            }
        });
        return run;
    }

    /** A job on its way. For the UI thread alone. */
    static final class Run {
        private @Nullable Thread thread;
        private boolean wanted = true;

        private void tell(Runnable answer) {
            if (wanted) {
                wanted = false;
                answer.run();
            }
        }

        /** Nothing is heard of it from now on. */
        void cancel() {
            wanted = false;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
