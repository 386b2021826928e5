package io.strongroom.console.shell;

import io.strongroom.console.look.StatePane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Where the keyboard is in the screen that is shown. One who comes there begins with what one works with first
 * ({@code userData="first"} in fxml; of several the first that can be reached), one who comes back goes on where they were.
 * What is not on screen yet gets the keyboard when it is; until then it rests on the screen itself, where Tab leads into it.
 * Where what had it goes away, it comes back to that, unless the officer has gone elsewhere meanwhile.
 */
final class Landing {
    /** What a control says that one works with first. */
    static final String FIRST = "first";

    private final Node place;
    private final Overlay overlay;
    private final Map<Parent, Node> left = new HashMap<>();
    private @Nullable Parent view;
    private Wait wait = Wait.FOR_NOTHING;

    /** While the keyboard is at {@code rest}, the first of these that can be reached gets it. */
    private record Wait(@Nullable Node rest, List<Node> wanted) {
        static final Wait FOR_NOTHING = new Wait(null, List.of());
    }

    /** @param place what all screens stand in; can have the keyboard, though Tab does not lead to it */
    Landing(Node place, Overlay overlay) {
        this.place = place;
        this.overlay = overlay;
        ChangeListener<Node> moving = (at, was, is) -> moved(was, is);
        Runnable looking = this::look;
        place.sceneProperty().subscribe((was, is) -> {
            if (was != null) {
                was.focusOwnerProperty().removeListener(moving);
                was.removePostLayoutPulseListener(looking);
            }
            if (is != null) {
                is.focusOwnerProperty().addListener(moving);
                is.addPostLayoutPulseListener(looking);
            }
        });
    }

    /**
     * Says what is shown from now on.
     *
     * @param shown the view of a screen; null when nobody is signed in, which forgets where anybody was
     */
    void at(@Nullable Parent shown) {
        view = shown;
        wait = Wait.FOR_NOTHING;
        if (shown == null) {
            left.clear();
        }
    }

    /**
     * Gives it the keyboard, if it has not given it to something in it itself.
     *
     * @param back whether to go on where one was
     */
    void land(boolean back) {
        Parent here = view;
        Scene scene = place.getScene();
        if (here == null || scene == null || Inside.within(scene.getFocusOwner(), here)) {
            return;
        }
        Stream<Node> before = back ? Stream.ofNullable(left.get(here)) : Stream.empty();
        place.requestFocus();
        wait = new Wait(place, Stream.concat(before, first(here).stream()).toList());
        look();
        Platform.requestNextPulse();
    }

    private static List<Node> first(Parent here) {
        return Inside.of(here).stream()
                .filter(node -> FIRST.equals(node.getUserData()))
                .toList();
    }

    /** Looks whether what is waited for can be reached by now. */
    private void look() {
        Scene scene = Objects.requireNonNull(place.getScene(), "the window is open");
        if (wait.wanted().isEmpty() || overlay.open()) {
            return;
        }
        if (scene.getFocusOwner() != wait.rest()) {
            wait = Wait.FOR_NOTHING;
            return;
        }
        for (Node each : wait.wanted()) {
            Node reached = canBeReached(each) ? each : instead(each);
            if (reached != null) {
                wait = Wait.FOR_NOTHING;
                reached.requestFocus();
                return;
            }
        }
    }

    /** The one next step that is offered in its place. */
    private static @Nullable Node instead(Node wanted) {
        for (@Nullable Node at = wanted.getParent(); at != null; at = at.getParent()) {
            if (at instanceof StatePane pane) {
                return pane.step().filter(Landing::canBeReached).orElse(null);
            }
        }
        return null;
    }

    private static boolean canBeReached(Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null && !node.isDisabled();
    }

    /** The keyboard went from one control to another: because the officer wanted it, or because the one went away. */
    private void moved(@Nullable Node was, @Nullable Node is) {
        Parent here = view;
        if (here == null || overlay.open()) {
            return;
        }
        boolean inside = Inside.within(is, here);
        if (was != null && is != place && !canBeReached(was) && (!inside || Inside.within(was, here))) {
            Platform.runLater(() -> lost(was));
        } else if (inside && was != null) {
            // From nowhere it comes only where what had it went away.
            left.put(here, Objects.requireNonNull(is));
        }
    }

    private void lost(Node was) {
        Parent here = view;
        Scene scene = place.getScene();
        if (here == null || scene == null || overlay.open() || !wait.wanted().isEmpty()) {
            return;
        }
        if (!Inside.within(scene.getFocusOwner(), here)) {
            land(false);
        }
        List<Node> wanted = new ArrayList<>();
        wanted.add(was);
        wanted.addAll(wait.wanted());
        if (FIRST.equals(was.getUserData())) {
            // Of two of which one is there at a time, as what starts and what stops, the other takes its place.
            wanted.addAll(first(here));
        }
        wait = new Wait(scene.getFocusOwner(), wanted);
        Platform.requestNextPulse();
    }
}
