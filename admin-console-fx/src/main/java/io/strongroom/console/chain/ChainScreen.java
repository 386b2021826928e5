package io.strongroom.console.chain;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The chain as a screen. */
public final class ChainScreen implements Screen {
    private final ChainViewModel model;
    private final ChainView view;
    private final Once<Parent> root;

    public ChainScreen(Desk desk) {
        this(desk, PublishedLog.of(desk.connection()), InstantSource.system());
    }

    ChainScreen(Desk desk, PublishedLog log, InstantSource clock) {
        this.model = new ChainViewModel(desk, log, clock);
        this.view = new ChainView(model, desk);
        root = new Once<>(view::load);
    }

    @Override
    public String id() {
        return "chain";
    }

    @Override
    public Group group() {
        return Group.EVIDENCE;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedAL.LINK;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    ChainViewModel model() {
        return model;
    }

    @Override
    public void shown(String what) {
        model.ask();
    }

    @Override
    public List<Action> actions() {
        return view.actions();
    }

    @Override
    public List<String> onceChosen() {
        return view.onceChosen();
    }
}
