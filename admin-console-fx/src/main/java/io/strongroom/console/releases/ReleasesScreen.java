package io.strongroom.console.releases;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.rules.RulesFolder;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The bundles that came into force, and the one that comes next. */
public final class ReleasesScreen implements Screen {
    private final ReleasesViewModel model;
    private final ReleasesView view;

    /** @param folder where the rules of appliances are on this machine */
    public ReleasesScreen(Desk desk, RulesFolder folder) {
        this.model = new ReleasesViewModel(desk, folder, InstantSource.system());
        this.view = new ReleasesView(desk, model);
    }

    ReleasesViewModel model() {
        return model;
    }

    @Override
    public String id() {
        return "releases";
    }

    @Override
    public Group group() {
        return Group.POLICY;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.VERIFIED;
    }

    @Override
    public Parent view() {
        return view.root();
    }

    @Override
    public List<String> onceChosen() {
        return view.onceChosen();
    }

    @Override
    public void shown(String what) {
        model.refresh();
    }
}
