package io.strongroom.console.desk;

import io.strongroom.api.client.StrongroomClient;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Declined;
import io.strongroom.console.work.Answer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** Changes something on the appliance, and says where it was not done. For the UI thread alone. */
public final class Deeds {
    private final Desk desk;
    private final ReadOnlyIntegerWrapper underWay = new ReadOnlyIntegerWrapper();

    public Deeds(Desk desk) {
        this.desk = desk;
    }

    /**
     * Why something cannot be done now: the appliance is not heard, policy does not allow it to this officer, or a change is on
     * its way. Null while it can.
     *
     * @param operation as policy names it; empty for what everybody may do about themselves
     */
    public ObservableValue<@Nullable String> whyNot(String operation) {
        return whyNot(operation, () -> null);
    }

    /**
     * The same, of what needs something on the screen first.
     *
     * @param missing what is missing there; gives null where nothing is
     * @param of what that depends on
     */
    public ObservableValue<@Nullable String> whyNot(
            String operation, Supplier<@Nullable String> missing, Observable... of) {
        Observable[] all = Arrays.copyOf(of, of.length + 3);
        all[of.length] = underWay;
        all[of.length + 1] = desk.connection().state();
        all[of.length + 2] = desk.connection().who();
        return Bindings.createObjectBinding(() -> reason(operation, missing), all);
    }

    private @Nullable String reason(String operation, Supplier<@Nullable String> missing) {
        Connection.Who who = desk.connection().who().get();
        if (who == null || desk.connection().state().get() != Connection.State.CONNECTED) {
            return desk.texts().get("deeds.not.connected");
        }
        String notAllowed = operation.isEmpty() ? null : desk.notAllowed(operation);
        String first = notAllowed == null ? missing.get() : notAllowed;
        return first == null && underWay.get() > 0 ? desk.texts().get("deeds.under.way") : first;
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
