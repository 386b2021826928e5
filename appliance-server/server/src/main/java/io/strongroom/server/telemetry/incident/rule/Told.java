package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An agent raises an incident itself, e.g. because its witness was shown two histories: {@code Incident.Raised} with {@code
 * rule} and {@code severity}. Only an officer can say that it is over.
 */
final class Told implements Rule {
    static final String RAISED = "Incident.Raised";
    private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

    @Override
    public boolean reads(String stream, String action) {
        return action.equals(RAISED);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (observation.action().equals(RAISED) && Telemetry.isDevices(observation)) {
            String rule = observation
                    .text("rule")
                    .filter(told -> RULE.matcher(told).matches())
                    .orElse("unnamed");
            Severity severity =
                    observation.text("severity").flatMap(Severity::of).orElse(Severity.S2);
            found.add(new Finding.Raised("agent." + rule, "", severity, Map.of()));
        }
    }
}
