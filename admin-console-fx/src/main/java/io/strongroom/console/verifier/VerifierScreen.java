package io.strongroom.console.verifier;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.pack.PackView;
import io.strongroom.console.pack.PackViewModel;
import io.strongroom.console.text.Texts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The viewer of packs, the same as in the program of its own, beside the screens of an appliance. */
public final class VerifierScreen implements Screen {
    private final PackViewModel model;
    private final PackView view;
    private final Texts texts;
    private final Once<Parent> root;

    public VerifierScreen(Desk desk) {
        this.model = new PackViewModel(desk.background(), InstantSource.system(), program());
        this.view = new PackView(model, desk.texts());
        root = new Once<>(view::load);
        this.texts = desk.texts();
    }

    /** What verifies, and what it found. */
    public PackViewModel model() {
        return model;
    }

    /** What a report says that verified. */
    private static String program() {
        String version = VerifierScreen.class.getPackage().getImplementationVersion();
        return "Strongroom console " + (version == null ? "(from classes)" : version);
    }

    @Override
    public String id() {
        return "verifier";
    }

    @Override
    public Group group() {
        return Group.EVIDENCE;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.VERIFIED_USER;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                new Action(texts.get("pack.open"), key(KeyCode.O), view::choosePack).beginning(),
                new Action(texts.get("pack.trust"), key(KeyCode.T), view::chooseTrust).beginning());
    }

    private static KeyCombination key(KeyCode letter) {
        return new KeyCodeCombination(letter, KeyCombination.SHORTCUT_DOWN);
    }

    @Override
    public List<String> onceChosen() {
        return List.of(texts.get("pack.report").replace("_", ""));
    }

    /** @param what the file of a pack to open; empty to leave open what is */
    @Override
    public void shown(String what) {
        if (!what.isEmpty()) {
            model.open(Path.of(what));
        }
    }

    @Override
    public void refresh() {
        model.again();
    }
}
