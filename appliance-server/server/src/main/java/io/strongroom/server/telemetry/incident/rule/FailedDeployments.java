package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;

/** One package could not be deployed so many times in a row. It is over once it could. */
final class FailedDeployments implements Rule {
    static final String NAME = "deployment-failed";
    private static final String DEPLOYMENT = "Deployment.";

    private final int most;

    FailedDeployments(int most) {
        this.most = most;
    }

    @Override
    public boolean reads(String stream, String action) {
        return action.startsWith(DEPLOYMENT);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (!Telemetry.isDevices(observation) || !observation.action().startsWith(DEPLOYMENT)) {
            return;
        }
        String what = observation.text("package").filter(Telemetry::isName).orElse("");
        String slot = NAME + ":" + what;
        double[] failed = memory.get(slot);
        switch (observation.action()) {
            case "Deployment.Failed", "Deployment.RolledBack" -> {
                double now = failed == null ? 1 : failed[0] + 1;
                memory.put(slot, now);
                if (now >= most) {
                    found.add(new Finding.Raised(NAME, what, Severity.S2, Map.of("failures", (long) now)));
                }
            }
            case "Deployment.Succeeded" -> {
                if (failed != null) {
                    memory.forget(slot);
                    found.add(new Finding.Cleared(NAME, what));
                }
            }
            default -> {}
        }
    }
}
