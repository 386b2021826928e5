package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.api.json.Json;
import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk that will be full within so many hours, as it has filled over the last six; or is full already. It is over once
 * there is twice the time, the disk does not fill any more, or somebody made room.
 */
final class DiskFilling implements Rule {
    static final String NAME = "disk-filling";

    /** How far apart the points are that are kept, and for how long. */
    static final double SPACING_MILLIS = 10 * 60_000.0;

    static final int MOST_POINTS = 36;
    private static final int LEAST_POINTS = 7;

    /** From here on a disk is full whatever it was before; below it is not, with a little between so that nothing flickers. */
    private static final double FULL = 0.98;

    private static final double NOT_FULL = 0.97;

    /** Somebody made room: how it filled before says nothing any more. */
    private static final double TIDIED = 0.02;

    /** So many of the steps must go up, one in four: one large file is no trend. */
    private static final int STEPS_UP = 4;

    private static final double HOUR_MILLIS = 3_600_000;

    private final int hours;

    DiskFilling(int hours) {
        this.hours = hours;
    }

    @Override
    public boolean reads(String stream, String action) {
        return Telemetry.isIn(stream);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (!Telemetry.counts(observation)) {
            return;
        }
        observation
                .number("system.filesystem.utilization")
                .ifPresent(used -> disk("", used, observation.occurredAt(), memory, found));
        for (Json.Obj disk : observation.objects("filesystems")) {
            if (disk.members().get("system.filesystem.mountpoint") instanceof Json.Text mount
                    && disk.members().get("system.filesystem.utilization") instanceof Json.Num used
                    && Telemetry.isShare(used)
                    && Telemetry.isName(mount.value())) {
                disk(mount.value(), Double.parseDouble(used.literal()), observation.occurredAt(), memory, found);
            }
        }
    }

    private void disk(String mount, double used, long at, Memory memory, List<Finding> found) {
        String slot = NAME + ":" + mount;
        double[] before = memory.get(slot);
        if (before != null && at < before[before.length - 2] + SPACING_MILLIS) {
            return;
        }
        double[] points = grown(before, at, used);
        memory.put(slot, points);
        double left = hoursLeft(points);
        if (used >= FULL || left <= hours) {
            Severity severity = used >= FULL ? Severity.S1 : Severity.S2;
            found.add(new Finding.Raised(
                    NAME,
                    mount,
                    severity,
                    used >= FULL ? Map.of("used", used) : Map.of("used", used, "hoursLeft", Telemetry.rounded(left))));
        } else if (used < NOT_FULL && left > 2.0 * hours) {
            found.add(new Finding.Cleared(NAME, mount));
        }
    }

    private static double[] grown(double @Nullable [] before, long at, double used) {
        if (before == null || used < before[before.length - 1] - TIDIED) {
            return new double[] {at, used};
        }
        int drop = before.length / 2 < MOST_POINTS ? 0 : 2;
        double[] points = new double[before.length - drop + 2];
        System.arraycopy(before, drop, points, 0, before.length - drop);
        points[points.length - 2] = at;
        points[points.length - 1] = used;
        return points;
    }

    /** How many hours until it is full; infinite where it does not fill, or is not known for an hour. */
    private static double hoursLeft(double[] points) {
        int count = points.length / 2;
        if (count < LEAST_POINTS) {
            return Double.POSITIVE_INFINITY;
        }
        double[] hours = new double[count];
        double[] used = new double[count];
        int up = 0;
        for (int i = 0; i < count; i++) {
            hours[i] = (points[2 * i] - points[0]) / HOUR_MILLIS;
            used[i] = points[2 * i + 1];
            up += i > 0 && used[i] > used[i - 1] ? 1 : 0;
        }
        double slope = RobustStatistics.slope(hours, used);
        return slope <= 0 || up * STEPS_UP < count - 1 ? Double.POSITIVE_INFINITY : (1 - used[count - 1]) / slope;
    }
}
