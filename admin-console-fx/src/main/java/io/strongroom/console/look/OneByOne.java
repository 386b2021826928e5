package io.strongroom.console.look;

import java.util.List;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;

/**
 * Fills a place with what takes long to build and to style, such as charts: one with each frame, so that many of them do not
 * hold the UI thread together. What stood there is replaced as they come. On the UI thread.
 */
public final class OneByOne extends AnimationTimer {
    private final List<Node> place;
    private List<Supplier<? extends Node>> nodes = List.of();
    private int next;

    /** @param place children of a pane that nothing else changes */
    public OneByOne(List<Node> place) {
        this.place = place;
    }

    /** Begins to fill the place, whatever it was being filled with. */
    public void fill(List<? extends Supplier<? extends Node>> with) {
        nodes = List.copyOf(with);
        next = 0;
        start();
    }

    /** Empties the place, and no more comes to it. */
    public void clear() {
        stop();
        place.clear();
    }

    @Override
    public void handle(long now) {
        if (next == nodes.size()) {
            place.subList(Math.min(next, place.size()), place.size()).clear();
            stop();
            return;
        }
        // Counted first: one that cannot be built is not tried again with each frame.
        int at = next++;
        Node node = nodes.get(at).get();
        if (at < place.size()) {
            place.set(at, node);
        } else {
            place.add(node);
        }
    }
}
