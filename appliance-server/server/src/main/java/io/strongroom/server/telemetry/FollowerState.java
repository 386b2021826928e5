package io.strongroom.server.telemetry;

/**
 * The one row of {@code telemetry_state}.
 *
 * @param cursor what every entry below this seq tells is in the views
 * @param generation grows with each rebuild
 * @param rebuildUntil a rebuild is under way while the cursor is below this seq
 * @param unreadable records of devices, below the cursor, of which nothing could be made
 * @param views the names of the views that were filled
 */
record FollowerState(long cursor, long generation, long rebuildUntil, long unreadable, String views) {
    boolean rebuilding() {
        return cursor < rebuildUntil;
    }
}
