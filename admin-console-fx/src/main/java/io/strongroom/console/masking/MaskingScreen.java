package io.strongroom.console.masking;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.rules.RulesFolder;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** A sample record as each role sees it. */
public final class MaskingScreen implements Screen {
    private final MaskingViewModel model;
    private final MaskingView view;

    /** @param folder where the rules of appliances are on this machine */
    public MaskingScreen(Desk desk, RulesFolder folder) {
        this.model = new MaskingViewModel(desk, folder, InstantSource.system());
        this.view = new MaskingView(desk, model);
    }

    MaskingViewModel model() {
        return model;
    }

    @Override
    public String id() {
        return "masking";
    }

    @Override
    public Group group() {
        return Group.POLICY;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.VISIBILITY;
    }

    @Override
    public Parent view() {
        return view.root();
    }

    @Override
    public List<Action> actions() {
        return view.actions();
    }

    /** What is a record's id, which is taken as the sample; empty to stay with the one that is here. */
    @Override
    public void shown(String what) {
        if (what.isEmpty()) {
            model.refresh();
        } else {
            model.take(what.replaceFirst("^record:", ""));
        }
    }
}
