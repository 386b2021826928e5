package io.strongroom.console.desk;

import io.strongroom.api.client.StrongroomClient;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Declined;
import io.strongroom.console.work.Answer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Changes something on the appliance, and says where it was not done. For the UI thread alone. */
public final class Deeds {
    private final Desk desk;
    private final ReadOnlyIntegerWrapper underWay = new ReadOnlyIntegerWrapper();
    private final BooleanBinding possible;

    public Deeds(Desk desk) {
        this.desk = desk;
        possible = Bindings.createBooleanBinding(
                () -> underWay.get() == 0 && desk.connection().state().get() == Connection.State.CONNECTED,
                underWay,
                desk.connection().state());
    }

    /** Whether something can be changed now: the appliance is heard, and no change is on its way. */
    public BooleanBinding possible() {
        return possible;
    }

    /**
     * Changes something.
     *
     * @param what what was not done, should it fail
     * @param done is given the answer, on the UI thread
     */
    public <T> void run(String what, Function<StrongroomClient, T> work, Consumer<T> done) {
        underWay.set(underWay.get() + 1);
        desk.background().latest().start(progress -> desk.connection().call(work), new Answer<T>() {
            @Override
            public void done(T result) {
                underWay.set(underWay.get() - 1);
                done.accept(result);
            }

            @Override
            public void failed(Exception why) {
                underWay.set(underWay.get() - 1);
                if (!(why instanceof Declined)) {
                    desk.dialogs().failed(what, desk.connection().troubles().of(why));
                }
            }
        });
    }
}
