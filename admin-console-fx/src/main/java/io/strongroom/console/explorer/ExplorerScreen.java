package io.strongroom.console.explorer;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.text.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The audit explorer as a screen; where in it one is, is the text of a question. */
public final class ExplorerScreen implements Screen {
    private final Desk desk;
    private final ExplorerViewModel model;
    private final Action packOfBasket;
    private final Once<ExplorerView> view;

    public ExplorerScreen(Desk desk) {
        this(desk, Archive.of(desk.connection()));
    }

    ExplorerScreen(Desk desk, Archive archive) {
        this.desk = desk;
        this.model = new ExplorerViewModel(desk, archive);
        this.view = new Once<>(() -> ExplorerView.of(model, desk));
        this.packOfBasket = new Action(
                        desk.texts().get("explorer.basket.pack"),
                        shifted(KeyCode.B),
                        model::packOfBasket,
                        model.basket()
                                .size()
                                .map(size -> size.intValue() == 0 ? desk.texts().get("explorer.basket.none") : null))
                .beginning();
    }

    @Override
    public String id() {
        return "explorer";
    }

    @Override
    public Group group() {
        return Group.EVIDENCE;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedMZ.SEARCH;
    }

    @Override
    public Parent view() {
        return view.get().root();
    }

    ExplorerViewModel model() {
        return model;
    }

    @Override
    public void shown(String what) {
        model.shown(what);
    }

    @Override
    public void refresh() {
        model.again();
    }

    @Override
    public List<Action> actions() {
        Texts texts = desk.texts();
        return List.of(
                new Action(texts.get("explorer.focus"), shortcut(KeyCode.F), with(ExplorerView::focusQuery))
                        .beginning(),
                new Action(texts.get("explorer.prove"), shortcut(KeyCode.P), with(ExplorerView::prove)),
                new Action(texts.get("explorer.copy"), shifted(KeyCode.C), with(ExplorerView::copyText)),
                new Action(texts.get("explorer.copy.csv"), shifted(KeyCode.V), with(ExplorerView::copyCsv)),
                new Action(texts.get("explorer.basket.add"), shortcut(KeyCode.B), with(ExplorerView::toBasket)),
                packOfBasket,
                new Action(
                                texts.get("explorer.pack"),
                                shortcut(KeyCode.E),
                                model.pack()::ask,
                                model.pack().whyNot())
                        .beginning(),
                new Action(texts.get("explorer.proof.save"), null, model.proof()::save),
                new Action(texts.get("explorer.questions.keep"), shortcut(KeyCode.S), with(ExplorerView::keep))
                        .beginning(),
                new Action(texts.get("explorer.purpose"), null, with(ExplorerView::focusPurpose)).beginning(),
                new Action(texts.get("explorer.facets"), null, () -> model.showsFacets()
                        .set(!model.showsFacets().get())));
    }

    private Runnable with(Consumer<ExplorerView> deed) {
        return () -> deed.accept(view.get());
    }

    private static KeyCombination shortcut(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }

    private static KeyCombination shifted(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    }
}
