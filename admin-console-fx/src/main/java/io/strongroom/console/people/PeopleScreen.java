package io.strongroom.console.people;

import io.strongroom.api.officer.OfficerKeyFiles;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The people of the appliance, its service tokens, and one's own account. */
public final class PeopleScreen implements Screen {
    private final PeopleViewModel people;
    private final ServiceTokensViewModel tokens;
    private final OwnViewModel own;
    private final PeopleView view;
    private final Once<Parent> root;

    /** @param keys the officer's keys on this machine */
    public PeopleScreen(Desk desk, OfficerKeyFiles keys, InstantSource clock) {
        Deeds deeds = new Deeds(desk);
        people = new PeopleViewModel(desk, deeds);
        tokens = new ServiceTokensViewModel(desk, deeds, clock);
        own = new OwnViewModel(desk, deeds, keys, new SecureRandom());
        view = new PeopleView(
                people, deeds, desk, new ServiceTokensView(tokens, deeds, desk), new OwnView(own, deeds, desk));
        root = new Once<>(view::load);
    }

    PeopleViewModel people() {
        return people;
    }

    ServiceTokensViewModel tokens() {
        return tokens;
    }

    OwnViewModel own() {
        return own;
    }

    @Override
    public String id() {
        return "people";
    }

    @Override
    public Group group() {
        return Group.ADMINISTRATION;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.PEOPLE;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    @Override
    public void shown(String what) {
        people.refresh();
        tokens.refresh();
        own.refresh();
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
