package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Navigator;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Which screen is shown, where one was before, and what can be done. */
public final class ShellViewModel implements Navigator {
    private final Texts texts;
    private final History history = new History();
    private final ReadOnlyObjectWrapper<@Nullable Screen> current = new ReadOnlyObjectWrapper<>();
    private List<Screen> screens = List.of();
    private List<Action> own = List.of();
    private Arrival arrival = back -> {};

    /** Is told that one came to a screen, or to something in it, after that was told so itself. */
    @FunctionalInterface
    interface Arrival {
        /** @param back whether one was there before, and goes on; else one came for something in particular */
        void here(boolean back);
    }

    public ShellViewModel(Texts texts) {
        this.texts = texts;
    }

    /**
     * Says what there is; before that nothing can be shown.
     *
     * @param actions what can be done on every screen
     */
    public void furnish(List<Screen> all, List<Action> actions) {
        screens = all.stream().sorted(Comparator.comparing(Screen::group)).toList();
        own = List.copyOf(actions);
    }

    /** The screen that is shown; null before the first. */
    public ReadOnlyObjectProperty<@Nullable Screen> current() {
        return current.getReadOnlyProperty();
    }

    /** The screens by their groups, in the order of the navigation. */
    Map<Group, List<Screen>> groups() {
        Map<Group, List<Screen>> groups = new TreeMap<>();
        screens.forEach(screen -> groups.computeIfAbsent(screen.group(), group -> new ArrayList<>())
                .add(screen));
        return groups;
    }

    List<Screen> screens() {
        return screens;
    }

    /** What the screen is called. */
    String name(Screen screen) {
        return texts.get("screen." + screen.id());
    }

    /** Says who is told of each arrival. */
    void whenHere(Arrival told) {
        arrival = told;
    }

    @Override
    public void go(Spot spot) {
        history.go(spot);
        show(spot, spot.what().isEmpty());
    }

    void back() {
        history.back().ifPresent(spot -> show(spot, true));
    }

    void forward() {
        history.forward().ifPresent(spot -> show(spot, true));
    }

    private void show(Spot spot, boolean back) {
        Screen next = screens.stream()
                .filter(screen -> screen.id().equals(spot.screen()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no screen " + spot.screen()));
        Screen before = current.get();
        if (before != null && before != next) {
            before.hidden();
        }
        current.set(next);
        next.shown(spot.what());
        arrival.here(back);
    }

    /** Leaves the screens, when the session ends: what they show is not for whoever comes next. */
    void leave() {
        Screen before = current.get();
        if (before != null) {
            before.hidden();
        }
        current.set(null);
    }

    /** What the screen that is shown says that can be done on it. */
    List<Action> ofScreen() {
        return Optional.ofNullable(current.get()).map(Screen::actions).orElse(List.of());
    }

    /** What can be done on every screen, going to others too. */
    List<Action> everywhere() {
        List<Action> all = new ArrayList<>(own);
        for (Screen screen : screens) {
            all.add(new Action(
                    texts.get("palette.go", name(screen)),
                    Keys.ofScreen(screens.indexOf(screen)),
                    () -> go(Spot.of(screen.id()))));
        }
        return all;
    }
}
