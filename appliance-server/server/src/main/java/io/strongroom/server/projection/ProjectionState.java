package io.strongroom.server.projection;

import io.strongroom.server.follow.Place;

/**
 * The one row of {@code projection_state}.
 *
 * @param cursor the watermark: every entry below this seq is in the read models
 * @param generation grows with each rebuild; what a reader keeps of the read models holds for one generation
 * @param unreadable entries below the watermark whose body is damaged or no record
 */
record ProjectionState(long cursor, long generation, long rebuildUntil, long unreadable) implements Place {}
