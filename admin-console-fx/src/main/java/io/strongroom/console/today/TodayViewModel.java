package io.strongroom.console.today;

import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Every;
import io.strongroom.console.work.Loaded;
import java.time.Duration;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What needs the officer: asked for when it is shown, and every half minute as long as somebody is signed in. */
public final class TodayViewModel {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Desk desk;
    private final Asked<Needs.Found> found;
    private final Every again;

    public TodayViewModel(Desk desk) {
        this.desk = desk;
        this.found = desk.connection().asked();
        this.again = new Every(desk.background(), EVERY, this::ask);
        desk.connection().who().subscribe(who -> {
            if (who == null) {
                again.stop();
                found.clear();
            } else {
                ask();
            }
        });
    }

    ObservableValue<Loaded<Needs.Found>> found() {
        return found.state();
    }

    /** How many things need the officer now or soon. */
    ObservableValue<Number> count() {
        return found.state().map(TodayViewModel::urgent);
    }

    private static Number urgent(Loaded<Needs.Found> state) {
        Needs.Found here = state.value();
        return here == null
                ? 0
                : here.needs().stream()
                        .filter(need -> need.urgency() != Need.Urgency.TO_KNOW)
                        .count();
    }

    /** Asks for what is new, now and every half minute from now. */
    void ask() {
        Connection.@Nullable Who who = desk.connection().who().get();
        if (who == null) {
            return;
        }
        String officer = who.session().account().officer();
        found.again(
                progress -> desk.connection().call(client -> Needs.ask(client, desk.texts(), desk.times(), officer)));
        again.start();
    }

    void go(Spot spot) {
        desk.navigator().go(spot);
    }

    /** For what is shown without an appliance. */
    void put(Needs.Found given) {
        again.stop();
        found.put(given);
    }
}
