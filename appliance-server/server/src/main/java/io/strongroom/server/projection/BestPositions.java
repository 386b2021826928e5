package io.strongroom.server.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Keeps the first so many of the positions that it is offered, in an order. */
final class BestPositions {
    private final Order order;
    private final int count;
    // The worst of those kept is the head.
    private final PriorityQueue<Position> kept;
    private boolean dropped;

    BestPositions(Order order, int count) {
        this.order = order;
        this.count = count;
        kept = new PriorityQueue<>(count + 1, order.comparator().reversed());
    }

    void offer(long occurredAt, long seq) {
        Position worst = worst();
        if (worst != null) {
            dropped = true;
            if (!order.isBefore(occurredAt, seq, worst.occurredAt(), worst.seq())) {
                return;
            }
            kept.remove();
        }
        kept.add(new Position(occurredAt, seq));
    }

    /** Behind this, nothing is kept; null as long as there is room. */
    @Nullable
    Position worst() {
        return kept.size() < count ? null : kept.peek();
    }

    int size() {
        return kept.size();
    }

    /** Whether there was one too many. */
    boolean dropped() {
        return dropped;
    }

    List<Position> inOrder() {
        List<Position> positions = new ArrayList<>(kept);
        positions.sort(order.comparator());
        return positions;
    }
}
