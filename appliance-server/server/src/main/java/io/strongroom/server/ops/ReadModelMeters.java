package io.strongroom.server.ops;

import io.micronaut.context.annotation.Requires;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.projection.Projector;
import jakarta.inject.Singleton;

/** How far the read models have followed. */
@Singleton
@Requires(beans = Projector.class)
final class ReadModelMeters implements MeterSource {
    private final Projector projector;

    ReadModelMeters(Projector projector) {
        this.projector = projector;
    }

    @Override
    public void describe(Meters meters) {
        FollowerStatus status = projector.status();
        meters.gauge(
                        "strongroom_projector_watermark",
                        "Entries below this sequence number are in the read models.",
                        status.cursor())
                .gauge(
                        "strongroom_projector_lag_seconds",
                        "How long the oldest entry that the read models lack has been in the ledger.",
                        status.lagMillis() / 1e3)
                .gauge("strongroom_projector_lag_records", "Entries that the read models lack.", status.lagRecords())
                .gauge(
                        "strongroom_projector_failing",
                        "1 while the read models cannot follow, and try again.",
                        status.failing() ? 1 : 0)
                .gauge(
                        "strongroom_projector_rebuilding",
                        "1 while the read models are made again.",
                        status.rebuilding() ? 1 : 0)
                .counter(
                        "strongroom_projector_unprojectable",
                        "Entries whose body is damaged or no record.",
                        status.unreadable());
    }
}
