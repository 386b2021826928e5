package io.strongroom.server.telemetry;

import io.strongroom.server.follow.Place;

/**
 * The one row of {@code telemetry_state}.
 *
 * @param generation grows with each rebuild
 * @param unreadable records of devices, below the cursor, of which nothing could be made
 * @param views the names of the views that were filled
 */
record FollowerState(long cursor, long generation, long rebuildUntil, long unreadable, String views) implements Place {}
