package io.strongroom.server.follow;

/** Where a follower is, as its tables say. */
public interface Place {
    /** Every entry below this seq has had its effect. */
    long cursor();

    /** A rebuild is under way while the cursor is below this seq. */
    long rebuildUntil();

    /** Entries below the cursor of which nothing, or not all, could be made. */
    long unreadable();
}
