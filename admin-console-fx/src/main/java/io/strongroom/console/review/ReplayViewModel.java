package io.strongroom.console.review;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Tasks;
import io.strongroom.console.work.Answer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/** Replays the last days against the proposal that is shown; one at a time. */
final class ReplayViewModel {
    private final Desk desk;
    private final ReviewViewModel review;
    private final ReadOnlyDoubleWrapper replayed = new ReadOnlyDoubleWrapper(Double.NaN);
    private Tasks.@Nullable Task replaying;

    ReplayViewModel(Desk desk, ReviewViewModel review) {
        this.desk = desk;
        this.review = review;
        desk.tasks().running().addListener((ListChangeListener<Tasks.Task>) change -> {
            if (replaying != null && !desk.tasks().running().contains(replaying)) {
                replaying = null;
                replayed.set(Double.NaN);
            }
        });
    }

    /** How much of it is done; not a number while none runs, below 0 where it cannot be said. */
    ReadOnlyDoubleProperty replayed() {
        return replayed.getReadOnlyProperty();
    }

    /** Replays so many days, at so many entries a second; 0 for full speed. */
    void replay(int days, int rate) {
        String which = review.name();
        replayed.set(-1);
        replaying = desk.tasks()
                .start(
                        desk.texts().get("review.replay.task", which),
                        new Replay(desk.connection(), which, days, rate),
                        new Answer<Impact>() {
                            @Override
                            public void progressed(double part) {
                                replayed.set(part);
                            }

                            @Override
                            public void done(Impact result) {
                                replayed.set(Double.NaN);
                                desk.dialogs()
                                        .told(desk.texts()
                                                .get(
                                                        "review.replay.done",
                                                        which,
                                                        result.changes().size()));
                                review.refresh();
                            }

                            @Override
                            public void failed(Exception why) {
                                replayed.set(Double.NaN);
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("review.replay.failed"),
                                                desk.connection().troubles().of(why));
                                review.refresh();
                            }
                        });
    }

    /** Stops it, on the appliance too. */
    void stop() {
        if (replaying != null) {
            replaying.cancel();
        }
    }
}
