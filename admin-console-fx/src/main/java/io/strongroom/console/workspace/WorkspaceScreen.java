package io.strongroom.console.workspace;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.rules.RulesFolder;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** Where rules are written. */
public final class WorkspaceScreen implements Screen {
    private final WorkspaceViewModel model;
    private final WorkspaceView view;

    /** @param folder where the rules of appliances are on this machine */
    public WorkspaceScreen(Desk desk, RulesFolder folder) {
        this.model = new WorkspaceViewModel(desk, folder);
        this.view = new WorkspaceView(desk, model);
    }

    WorkspaceViewModel model() {
        return model;
    }

    @Override
    public String id() {
        return "workspace";
    }

    @Override
    public Group group() {
        return Group.POLICY;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedAL.EDIT;
    }

    @Override
    public Parent view() {
        return view.root();
    }

    @Override
    public void shown(String what) {
        model.open();
        if (!what.isEmpty()) {
            view.choose(what);
        }
    }

    @Override
    public void hidden() {
        model.flush();
    }

    @Override
    public List<Action> actions() {
        return view.actions();
    }
}
