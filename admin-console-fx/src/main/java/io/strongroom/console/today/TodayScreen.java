package io.strongroom.console.today;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** What needs me, and the chain's state: where a day begins. */
public final class TodayScreen implements Screen {
    private final TodayViewModel model;
    private final Once<Parent> view;

    public TodayScreen(Desk desk) {
        this.model = new TodayViewModel(desk);
        this.view = new Once<>(() -> TodayView.of(model, desk));
    }

    @Override
    public String id() {
        return "today";
    }

    @Override
    public Group group() {
        return Group.WORK;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.WB_SUNNY;
    }

    @Override
    public Parent view() {
        return view.get();
    }

    @Override
    public void shown(String what) {
        model.ask();
    }

    @Override
    public ObservableValue<Number> count() {
        return model.count();
    }

    TodayViewModel model() {
        return model;
    }
}
