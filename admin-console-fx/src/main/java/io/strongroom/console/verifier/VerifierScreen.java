package io.strongroom.console.verifier;

import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.pack.PackView;
import io.strongroom.console.pack.PackViewModel;
import java.nio.file.Path;
import java.time.InstantSource;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The viewer of packs, the same as in the program of its own, beside the screens of an appliance. */
public final class VerifierScreen implements Screen {
    private final Desk desk;
    private final PackViewModel model;
    private @Nullable Parent view;

    public VerifierScreen(Desk desk) {
        this.desk = desk;
        this.model = new PackViewModel(desk.background(), InstantSource.system(), program());
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
        Parent made = view;
        if (made == null) {
            made = PackView.of(model, desk.texts());
            view = made;
        }
        return made;
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
