package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * All that the palette offers: what is done on the screen that is shown, what is begun on the others, what is done everywhere
 * and where one can go; last what has to be chosen on another screen first, which leads there.
 */
final class Commands {
    private final ShellViewModel model;
    private final Beginning beginning;
    private final Texts texts;

    Commands(ShellViewModel model, Beginning beginning, Texts texts) {
        this.model = model;
        this.beginning = beginning;
        this.texts = texts;
    }

    /** @param scene whose table can be sorted, that the keyboard is in */
    List<Offer> offers(@Nullable Scene scene) {
        Screen shown = model.current().get();
        List<Action> here = new ArrayList<>(model.ofScreen());
        here.addAll(Offered.of(shown == null ? null : shown.view(), here, texts));
        List<Action> everywhere = new ArrayList<>(model.everywhere());
        everywhere.addAll(Sorting.of(scene == null ? null : scene.getFocusOwner(), texts));
        return Stream.of(
                        here.stream().map(Offer::here),
                        others(shown).flatMap(this::begun),
                        everywhere.stream().map(Offer::here),
                        others(shown).flatMap(this::led))
                .flatMap(each -> each)
                .toList();
    }

    private Stream<Screen> others(@Nullable Screen shown) {
        return model.screens().stream().filter(screen -> screen != shown);
    }

    private Stream<Offer> begun(Screen screen) {
        return screen.actions().stream().filter(Action::begins).map(action -> {
            String reason = action.reason();
            Action there = new Action(
                    action.name(),
                    null,
                    () -> beginning.on(screen, action),
                    reason == null || reason.isEmpty() ? null : action.whyNot());
            return new Offer(there, model.name(screen), false);
        });
    }

    private Stream<Offer> led(Screen screen) {
        Stream<String> actions =
                screen.actions().stream().filter(action -> !action.begins()).map(Action::name);
        Runnable go = () -> model.go(Spot.of(screen.id()));
        return Stream.concat(actions, screen.onceChosen().stream())
                .map(name -> new Offer(new Action(name, null, go), model.name(screen), true));
    }
}
