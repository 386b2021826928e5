package io.strongroom.server.telemetry;

import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;

/** How far the read models of telemetry have followed. */
@Singleton
final class TelemetryMeters implements MeterSource {
    private final Follower follower;

    TelemetryMeters(Follower follower) {
        this.follower = follower;
    }

    @Override
    public void describe(Meters meters) {
        FollowerStatus status = follower.status();
        meters.gauge(
                        "strongroom_telemetry_cursor",
                        "What entries below this sequence number tell of devices is in the read models of telemetry.",
                        status.cursor())
                .gauge(
                        "strongroom_telemetry_lag_seconds",
                        "How long the oldest entry that the read models of telemetry lack has been in the ledger.",
                        status.lagMillis() / 1e3)
                .gauge(
                        "strongroom_telemetry_lag_records",
                        "Entries that the read models of telemetry lack.",
                        status.lagRecords())
                .gauge(
                        "strongroom_telemetry_failing",
                        "1 while the read models of telemetry cannot follow, and try again.",
                        status.failing() ? 1 : 0)
                .gauge(
                        "strongroom_telemetry_rebuilding",
                        "1 while the read models of telemetry are made again.",
                        status.rebuilding() ? 1 : 0)
                .counter(
                        "strongroom_telemetry_unreadable",
                        "Records of devices of which the read models of telemetry could make nothing.",
                        status.unreadable());
    }
}
