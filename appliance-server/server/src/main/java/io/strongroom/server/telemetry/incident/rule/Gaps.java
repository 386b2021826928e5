package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines of a device are lost: it says so itself ({@code agent.gap}), or the appliance sees it. Only an officer can say that
 * it is over.
 */
final class Gaps implements Rule {
    static final String NAME = "gap";
    static final String NOTICE = "agent.gap";
    private static final Set<String> CAUSES =
            Set.of("evicted", "downsampled", "aged", "damaged", "queue-lost", "queue-restored", "conflict");

    @Override
    public boolean reads(String stream, String action) {
        return action.equals(NOTICE);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (observation.action().equals(NOTICE) && Telemetry.isDevices(observation)) {
            String told = observation.text("cause").orElse("");
            String cause = CAUSES.contains(told) ? told : "unknown";
            raise(observation.stream(), cause, found);
        } else if (!Telemetry.isDevices(observation)) {
            switch (observation.action()) {
                case "DeviceBatch.Gap" -> raise(observation.text("stream").orElse(""), "not sent", found);
                case "DeviceBatch.NewEpoch" -> raise(observation.text("stream").orElse(""), "queue made anew", found);
                default -> {}
            }
        }
    }

    private static void raise(String stream, String cause, List<Finding> found) {
        Severity severity =
                stream.startsWith("audit.") ? Severity.S1 : cause.equals("downsampled") ? Severity.S3 : Severity.S2;
        found.add(new Finding.Raised(NAME, stream, severity, Map.of("stream", stream, "cause", cause)));
    }
}
