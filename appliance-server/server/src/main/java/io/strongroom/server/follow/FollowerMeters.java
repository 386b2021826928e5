package io.strongroom.server.follow;

import io.strongroom.server.metrics.Meters;

/** How far read models have followed, as figures: what is the same of all of them. */
public final class FollowerMeters {
    private FollowerMeters() {}

    /**
     * Tells how far they have followed.
     *
     * @param prefix how the figures' names begin
     * @param models which read models, as sentences name them
     */
    public static void describe(Meters meters, String prefix, String models, FollowerStatus status) {
        meters.gauge(
                        prefix + "_lag_seconds",
                        "How long the oldest entry that " + models + " lack has been in the ledger.",
                        status.lagMillis() / 1e3)
                .gauge(prefix + "_lag_records", "Entries that " + models + " lack.", status.lagRecords())
                .gauge(
                        prefix + "_failing",
                        "1 while " + models + " cannot follow, and try again.",
                        status.failing() ? 1 : 0)
                .gauge(prefix + "_rebuilding", "1 while " + models + " are made again.", status.rebuilding() ? 1 : 0);
    }
}
