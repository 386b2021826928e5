package io.strongroom.console.desk;

import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Job;
import io.strongroom.console.work.Latest;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Work that goes on while the officer does something else, as the top bar lists it. For the UI thread alone. */
public final class Tasks {
    private final Background background;
    private final ObservableList<Task> running = FXCollections.observableArrayList();

    public Tasks(Background background) {
        this.background = background;
    }

    /** What runs now, the newest last. */
    public ObservableList<Task> running() {
        return FXCollections.unmodifiableObservableList(running);
    }

    /** Starts one. */
    public <T> Task start(String name, Job<T> job, Answer<T> answer) {
        Task task = new Task(name, background.latest());
        running.add(task);
        task.latest.start(job, new Answer<T>() {
            @Override
            public void progressed(double part) {
                task.progress.set(part);
                answer.progressed(part);
            }

            @Override
            public void done(T result) {
                running.remove(task);
                answer.done(result);
            }

            @Override
            public void failed(Exception why) {
                running.remove(task);
                answer.failed(why);
            }
        });
        return task;
    }

    /** One that runs. */
    public final class Task {
        private final String name;
        private final Latest latest;
        private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);

        private Task(String name, Latest latest) {
            this.name = name;
            this.latest = latest;
        }

        public String name() {
            return name;
        }

        /** How much is done, 0 to 1; below 0 where it cannot be said. */
        public ReadOnlyDoubleProperty progress() {
            return progress.getReadOnlyProperty();
        }

        /** Ends it; nothing is heard of it any more. */
        public void cancel() {
            latest.cancel();
            running.remove(this);
        }
    }
}
