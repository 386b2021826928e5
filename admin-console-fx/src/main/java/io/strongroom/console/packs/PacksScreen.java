package io.strongroom.console.packs;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** Evidence packs: who asked for which, who had it, and making one. */
public final class PacksScreen implements Screen {
    private final PacksViewModel model;
    private final PacksView view;
    private final Once<Parent> root;

    public PacksScreen(Desk desk) {
        this.model = new PacksViewModel(desk);
        this.view = new PacksView(model, desk);
        root = new Once<>(view::load);
    }

    @Override
    public String id() {
        return Spot.PACKS;
    }

    @Override
    public Group group() {
        return Group.EVIDENCE;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedAL.ARCHIVE;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    /** @param what the id of a pack; {@code new} to make one, or as {@link Spot#packOf} says of which records */
    @Override
    public void shown(String what) {
        if (what.equals("new")) {
            model.make();
        } else if (what.startsWith(Spot.OF_RECORDS)) {
            model.make(List.of(what.substring(Spot.OF_RECORDS.length()).split(",")));
        } else {
            model.want(what);
        }
        model.ask();
    }

    @Override
    public void hidden() {
        model.hidden();
    }

    @Override
    public List<Action> actions() {
        return List.of(view.making());
    }

    @Override
    public List<String> onceChosen() {
        return view.onceChosen();
    }

    public PacksViewModel model() {
        return model;
    }
}
