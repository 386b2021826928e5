package io.strongroom.server.telemetry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A read model of what devices tell. It is made of observations alone, each of which it is given once, in the ledger's order:
 * so it is the same after a rebuild, and whatever was killed in between.
 *
 * <p>It goes by the observations' times, never by the clock, and looks at nothing outside its own tables.
 */
public interface View {

    /** Its name and version, e.g. {@code devices 1}. Where that has changed, all views are made again at the next start. */
    String name();

    /** Its tables, in an order in which they can be emptied. */
    List<String> tables();

    /**
     * Whether it looks at what such a record says: its resource, its attributes, its user. What no view reads, as most lines of
     * logs, is observed without these. A view goes by them only where it says so here.
     *
     * <p>Follows from the two alone. What the appliance tells of devices ({@code system.…}) is always read; nobody is asked.
     */
    boolean reads(String stream, String action);

    /**
     * Takes observations in, in a transaction as the owner that also moves the follower's cursor. One thread at a time; in
     * few statements, however many observations there are.
     *
     * <p>If it throws because of an observation ({@link RuntimeException}, or SQLState 22 or 23), all of the transaction is
     * undone, and that observation is passed over by every view and listed as unreadable.
     *
     * @param observations one at least
     */
    void take(Connection connection, List<Observation> observations) throws SQLException;

    /**
     * Deletes what has been kept for long enough, in a transaction of its own as the owner, between two batches.
     *
     * @param now epoch milliseconds
     * @param most about how many rows at once
     * @return whether there may be more, so that it is to be asked again soon
     */
    default boolean expire(Connection connection, long now, int most) throws SQLException {
        return false;
    }

    /** Forgets what it remembers of its tables: a transaction was undone, or they were emptied. */
    default void forget() {}
}
