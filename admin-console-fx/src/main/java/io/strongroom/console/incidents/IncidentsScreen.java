package io.strongroom.console.incidents;

import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.work.Every;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The incidents. Goes to one by its id, and to those of a device by {@code device:} and its id. */
public final class IncidentsScreen implements Screen {
    private static final String OF_DEVICE = "device:";
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Desk desk;
    private final IncidentsViewModel model;
    private final Every again;
    private final Once<Parent> view;

    public IncidentsScreen(Desk desk) {
        this.desk = desk;
        Deeds deeds = new Deeds(desk);
        model = new IncidentsViewModel(desk, deeds);
        again = new Every(desk.background(), EVERY, model::refresh);
        view = new Once<>(() -> IncidentsView.of(model, deeds, desk));
    }

    IncidentsViewModel model() {
        return model;
    }

    @Override
    public String id() {
        return "incidents";
    }

    @Override
    public Group group() {
        return Group.FLEET;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.NOTIFICATION_IMPORTANT;
    }

    @Override
    public Parent view() {
        return view.get();
    }

    @Override
    public void shown(String what) {
        if (what.startsWith(OF_DEVICE)) {
            model.shown().set(IncidentsViewModel.Shown.ALL);
            model.device().set(what.substring(OF_DEVICE.length()));
        } else if (!what.isEmpty()) {
            model.chosen().set(what);
        }
        model.refresh();
        again.start();
    }

    @Override
    public void hidden() {
        again.stop();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public List<String> onceChosen() {
        return Stream.of("acknowledge", "close", "pack", "device")
                .map(each -> desk.texts().bundle().getString("incidents." + each))
                .toList();
    }

    @Override
    public ObservableValue<Number> count() {
        return model.open();
    }
}
