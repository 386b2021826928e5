package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.ArrayList;
import java.util.List;

/** All rules but the one about silence, which needs a clock. For any number of threads. */
public final class Rules {
    private final List<Rule> rules;

    public Rules(Thresholds thresholds) {
        rules = List.of(
                new DiskFilling(thresholds.diskHours()),
                new CrashRate(thresholds.crashesPerHour()),
                new FailedDeployments(thresholds.failedDeployments()),
                new Outlier(thresholds.outlier()),
                new ClockJump(thresholds.clockSeconds()),
                new Gaps(),
                new Identity(),
                new Told());
    }

    /** Whether any of them looks at the attributes of such records. */
    public boolean read(String stream, String action) {
        for (Rule rule : rules) {
            if (rule.reads(stream, action)) {
                return true;
            }
        }
        return false;
    }

    /** What there is to say about an observation, the next of its device. */
    public List<Finding> judge(Observation observation, Memory memory) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules) {
            rule.judge(observation, memory, found);
        }
        return found;
    }
}
