package io.strongroom.console.system;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.work.Every;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** How the appliance is. */
public final class SystemScreen implements Screen {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final SystemViewModel model;
    private final Every again;
    private final SystemView view;
    private final Once<Parent> root;

    /** @param log what this program logs */
    public SystemScreen(Desk desk, InstantSource clock, ConsoleLog log) {
        Deeds deeds = new Deeds(desk);
        model = new SystemViewModel(desk, deeds, clock, log);
        view = new SystemView(model, deeds, desk);
        root = new Once<>(view::load);
        again = new Every(desk.background(), EVERY, model::look);
    }

    SystemViewModel model() {
        return model;
    }

    @Override
    public String id() {
        return "system";
    }

    @Override
    public Group group() {
        return Group.ADMINISTRATION;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedAL.DNS;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    @Override
    public List<Action> actions() {
        return view.actions();
    }

    @Override
    public List<String> onceChosen() {
        return view.onceChosen();
    }

    @Override
    public void shown(String what) {
        model.refresh();
        again.start();
    }

    @Override
    public void hidden() {
        again.stop();
    }
}
