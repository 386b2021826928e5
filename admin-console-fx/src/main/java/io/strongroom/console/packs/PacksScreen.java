package io.strongroom.console.packs;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** Evidence packs: who asked for which, who had it, and making one. */
public final class PacksScreen implements Screen {
    private final Desk desk;
    private final PacksViewModel model;
    private @Nullable Parent view;

    public PacksScreen(Desk desk) {
        this.desk = desk;
        this.model = new PacksViewModel(desk);
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
        Parent made = view;
        if (made == null) {
            made = PacksView.of(model, desk);
            view = made;
        }
        return made;
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
        return List.of(new Action(
                desk.texts().get("packs.new"),
                new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN),
                model::make));
    }

    public PacksViewModel model() {
        return model;
    }
}
