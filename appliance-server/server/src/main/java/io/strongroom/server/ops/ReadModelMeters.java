package io.strongroom.server.ops;

import io.micronaut.context.annotation.Requires;
import io.strongroom.server.follow.FollowerMeters;
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
                .counter(
                        "strongroom_projector_unprojectable",
                        "Entries whose body is damaged or no record.",
                        status.unreadable());
        FollowerMeters.describe(meters, "strongroom_projector", "the read models", status);
    }
}
