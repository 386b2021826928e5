package io.strongroom.console.review;

import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** Review of policy: what is proposed, and approving it with one's own key. */
public final class ReviewScreen implements Screen {
    private final ReviewViewModel model;
    private final SayingViewModel saying;
    private final ReviewView view;

    /** @param keys this officer's keys on this machine */
    public ReviewScreen(Desk desk, OfficerKeyFiles keys) {
        this.model = new ReviewViewModel(desk, keys);
        this.saying = new SayingViewModel(desk, keys, InstantSource.system(), model);
        this.view = new ReviewView(desk, model, saying, new ReplayViewModel(desk, model));
    }

    ReviewViewModel model() {
        return model;
    }

    SayingViewModel saying() {
        return saying;
    }

    @Override
    public String id() {
        return "review";
    }

    @Override
    public Group group() {
        return Group.POLICY;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.RATE_REVIEW;
    }

    @Override
    public Parent view() {
        return view.root();
    }

    @Override
    public void shown(String what) {
        if (!what.isEmpty()) {
            model.choose(what);
        }
        model.refresh();
    }

    @Override
    public @Nullable ObservableValue<Number> count() {
        return model.waiting();
    }

    @Override
    public List<Action> actions() {
        return view.actions();
    }
}
