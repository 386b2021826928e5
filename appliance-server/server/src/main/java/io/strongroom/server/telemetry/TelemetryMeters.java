package io.strongroom.server.telemetry;

import io.strongroom.server.follow.FollowerMeters;
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
                .counter(
                        "strongroom_telemetry_unreadable",
                        "Records of devices of which the read models of telemetry could make nothing.",
                        status.unreadable());
        FollowerMeters.describe(meters, "strongroom_telemetry", "the read models of telemetry", status);
    }
}
