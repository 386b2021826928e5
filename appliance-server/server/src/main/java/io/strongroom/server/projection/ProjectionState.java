package io.strongroom.server.projection;

/**
 * The one row of {@code projection_state}.
 *
 * @param watermark every entry below this seq is in the read models
 * @param generation grows with each rebuild; what a reader keeps of the read models holds for one generation
 * @param rebuildUntil a rebuild is under way while the watermark is below this seq
 * @param unprojectable entries below the watermark whose body is damaged or no record
 */
record ProjectionState(long watermark, long generation, long rebuildUntil, long unprojectable) {
    boolean rebuilding() {
        return watermark < rebuildUntil;
    }
}
