package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;

/**
 * From where on something is an incident.
 *
 * @param heartbeatMinutes how long a device may be silent
 * @param diskHours in how many hours a disk will be full, as it fills now
 * @param crashesPerHour how many crashes there are within an hour
 * @param failedDeployments how often in a row one package could not be deployed
 * @param outlier how many times as far from its median as usual an hour's mean is
 * @param clockSeconds how far a clock steps
 */
public record Thresholds(
        int heartbeatMinutes, int diskHours, int crashesPerHour, int failedDeployments, int outlier, int clockSeconds) {
    /** Where nothing is set. */
    public static final Thresholds DEFAULT = new Thresholds(15, 24, 5, 2, 6, 60);

    /** @throws io.strongroom.server.settings.StartRefusedException if one is out of its range */
    public static Thresholds of(Settings settings) {
        return new Thresholds(
                settings.number(Setting.INCIDENTS_HEARTBEAT_MINUTES, 1, 10_080),
                settings.number(Setting.INCIDENTS_DISK_HOURS, 1, 720),
                settings.number(Setting.INCIDENTS_CRASHES_PER_HOUR, 1, 100),
                settings.number(Setting.INCIDENTS_FAILED_DEPLOYMENTS, 1, 100),
                settings.number(Setting.INCIDENTS_OUTLIER, 3, 100),
                settings.number(Setting.INCIDENTS_CLOCK_SECONDS, 5, 86_400));
    }
}
