package io.strongroom.console.chain;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.text.Texts;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The chain as a screen. */
public final class ChainScreen implements Screen {
    private final Desk desk;
    private final ChainViewModel model;
    private @Nullable Parent view;

    public ChainScreen(Desk desk) {
        this(desk, PublishedLog.of(desk.connection()), InstantSource.system());
    }

    ChainScreen(Desk desk, PublishedLog log, InstantSource clock) {
        this.desk = desk;
        this.model = new ChainViewModel(desk, log, clock);
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
        if (view == null) {
            view = ChainView.of(model, desk);
        }
        return view;
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
        Texts texts = desk.texts();
        return List.of(
                new Action(
                        texts.get("chain.verify"),
                        new KeyCodeCombination(KeyCode.E, KeyCombination.SHORTCUT_DOWN),
                        () -> model.verify(false)),
                new Action(texts.get("chain.verify.all"), null, () -> model.verify(true)),
                new Action(texts.get("chain.stop"), null, model::cancel),
                new Action(texts.get("chain.save"), null, model::saveCheckpoint),
                new Action(texts.get("chain.day.records"), null, model::records),
                new Action(texts.get("chain.day.seal"), null, model::seal));
    }
}
