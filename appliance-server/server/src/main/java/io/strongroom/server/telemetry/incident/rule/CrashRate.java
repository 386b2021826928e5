package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** So many processes crash within an hour. It is over an hour after the last. */
final class CrashRate implements Rule {
    static final String NAME = "crash-rate";
    static final String CRASHED = "Process.Crashed";
    private static final double HOUR_MILLIS = 3_600_000;

    private final int most;

    CrashRate(int most) {
        this.most = most;
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (!Telemetry.isDevices(observation) || !Telemetry.hasTime(observation)) {
            return;
        }
        double at = observation.occurredAt();
        double[] known = memory.get(NAME);
        if (observation.action().equals(CRASHED)) {
            double[] all = known == null ? new double[1] : Arrays.copyOf(known, known.length + 1);
            all[all.length - 1] = at;
            Arrays.sort(all);
            double newest = all[all.length - 1];
            double[] within = Arrays.stream(all)
                    .filter(each -> each > newest - HOUR_MILLIS)
                    .toArray();
            memory.put(NAME, Arrays.copyOfRange(within, Math.max(0, within.length - most), within.length));
            if (within.length >= most) {
                found.add(new Finding.Raised(NAME, "", Severity.S2, Map.of("crashes", (long) within.length)));
            }
        } else if (known != null && at > known[known.length - 1] + HOUR_MILLIS) {
            memory.forget(NAME);
            found.add(new Finding.Cleared(NAME, ""));
        }
    }
}
