package io.strongroom.server.telemetry.incident;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.incident.rule.Rules;
import io.strongroom.server.telemetry.incident.rule.Thresholds;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the slice together. */
@Factory
final class IncidentBeans {
    private static final int MOST_DAYS = 36_500;

    @Singleton
    Thresholds thresholds(Settings settings) {
        return Thresholds.of(settings);
    }

    @Singleton
    IncidentView view(Thresholds thresholds, Installation installation, Settings settings) {
        return new IncidentView(
                new Rules(thresholds),
                installation.tenant().value(),
                Duration.ofDays(settings.number(Setting.TELEMETRY_INCIDENT_DAYS, 1, MOST_DAYS)));
    }

    @Singleton
    IncidentRecords records(SystemRecords records, IdempotencyKeys keys, Ledger ledger) {
        return new IncidentRecords(records, keys, ledger);
    }

    @Singleton
    Incidents incidents(Database database, IncidentRecords records, InstantSource clock) {
        return new Incidents(database, records, clock);
    }

    @Context
    @Bean(preDestroy = "stop")
    IncidentWatch watch(
            Database database,
            IncidentRecords records,
            KnownDevices devices,
            Thresholds thresholds,
            Follower follower,
            InstantSource clock) {
        Silence silence = new Silence(devices, Duration.ofMinutes(thresholds.heartbeatMinutes()));
        IncidentWatch watch =
                new IncidentWatch(new IncidentRecorder(database, records, silence, follower::status, clock));
        watch.start();
        return watch;
    }
}
