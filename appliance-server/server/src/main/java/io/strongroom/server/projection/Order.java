package io.strongroom.server.projection;

import java.util.Comparator;
import java.util.Optional;

/** The orders in which records can be listed. Equal times stand in the order of {@code seq}, in the same direction. */
public enum Order {
    OCCURRED_DESC("-occurredAt", true, true),
    OCCURRED_ASC("occurredAt", true, false),
    SEQ_DESC("-seq", false, true),
    SEQ_ASC("seq", false, false);

    private final String parameter;
    private final boolean byTime;
    private final boolean descending;

    Order(String parameter, boolean byTime, boolean descending) {
        this.parameter = parameter;
        this.byTime = byTime;
        this.descending = descending;
    }

    /** Its name in a request. */
    public String parameter() {
        return parameter;
    }

    public static Optional<Order> ofParameter(String parameter) {
        for (Order order : values()) {
            if (order.parameter.equals(parameter)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** By {@code occurredAt}, or else by {@code seq} alone. */
    public boolean byTime() {
        return byTime;
    }

    public boolean descending() {
        return descending;
    }

    /** Whether what occurred at {@code occurredA} and stands at {@code seqA} comes before the other. */
    boolean isBefore(long occurredA, long seqA, long occurredB, long seqB) {
        int order = byTime ? Long.compare(occurredA, occurredB) : 0;
        if (order == 0) {
            order = Long.compare(seqA, seqB);
        }
        return descending ? order > 0 : order < 0;
    }

    /** The first in this order is the least. */
    public Comparator<Position> comparator() {
        Comparator<Position> ascending = byTime
                ? Comparator.comparingLong(Position::occurredAt).thenComparingLong(Position::seq)
                : Comparator.comparingLong(Position::seq);
        return descending ? ascending.reversed() : ascending;
    }
}
