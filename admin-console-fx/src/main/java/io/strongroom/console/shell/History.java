package io.strongroom.console.shell;

import io.strongroom.console.desk.Spot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one was, for Alt+Left and Alt+Right. */
final class History {
    private static final int MOST = 100;

    private final Deque<Spot> behind = new ArrayDeque<>();
    private final Deque<Spot> ahead = new ArrayDeque<>();
    private @Nullable Spot here;

    /** Goes somewhere; what was ahead is forgotten. */
    void go(Spot spot) {
        if (spot.equals(here)) {
            return;
        }
        if (here != null) {
            behind.push(here);
            if (behind.size() > MOST) {
                behind.removeLast();
            }
        }
        here = spot;
        ahead.clear();
    }

    /** Where one was before; empty at the beginning. */
    Optional<Spot> back() {
        return step(behind, ahead);
    }

    /** Where one was before going back. */
    Optional<Spot> forward() {
        return step(ahead, behind);
    }

    private Optional<Spot> step(Deque<Spot> from, Deque<Spot> to) {
        if (from.isEmpty() || here == null) {
            return Optional.empty();
        }
        to.push(here);
        here = from.pop();
        return Optional.of(here);
    }
}
