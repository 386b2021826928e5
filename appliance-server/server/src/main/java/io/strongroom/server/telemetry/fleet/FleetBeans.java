package io.strongroom.server.telemetry.fleet;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the slice together. */
@Factory
final class FleetBeans {
    /** The framework's property that says whether the setting {@code telemetry.otlp-endpoint} is there. */
    static final String PUSHED = "strongroom.telemetry.pushed";

    private static final int MOST_DEVICES = 1_000;
    private static final int MOST_SECONDS = 3_600;

    @Singleton
    FleetNumbers numbers(Database database, InstantSource clock, Settings settings) {
        return new FleetNumbers(database, clock, settings.number(Setting.TELEMETRY_METERED_DEVICES, 0, MOST_DEVICES));
    }

    @Singleton
    FleetMeters meters(FleetNumbers numbers) {
        return new FleetMeters(numbers);
    }

    @Context
    @Bean(preDestroy = "close")
    @Requires(property = PUSHED, value = "true")
    FleetPush push(FleetNumbers numbers, Settings settings, Installation installation) {
        return new FleetPush(
                numbers,
                settings.httpAddress(Setting.TELEMETRY_OTLP_ENDPOINT),
                Duration.ofSeconds(settings.number(Setting.TELEMETRY_OTLP_SECONDS, 1, MOST_SECONDS)),
                installation.origin().value());
    }
}
