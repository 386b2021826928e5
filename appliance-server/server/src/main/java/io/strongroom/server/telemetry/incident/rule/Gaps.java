package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.api.GapCause;
import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of a device are lost: it says so itself ({@code agent.gap}), or the appliance sees it, and says with it what the
 * device gave as the cause. Only an officer can say that it is over. A queue that began anew because it was asked to lost
 * nothing.
 */
final class Gaps implements Rule {
    static final String NAME = "gap";

    @Override
    public boolean reads(String stream, String action) {
        return action.equals(GapCause.NOTICE);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (Telemetry.isDevices(observation)) {
            if (observation.action().equals(GapCause.NOTICE)) {
                raise(observation.stream(), observation, "unknown", found);
            }
            return;
        }
        String stream = observation.text("stream").orElse("");
        switch (observation.action()) {
            case "DeviceBatch.Gap" -> raise(stream, observation, "not sent", found);
            case "DeviceBatch.NewEpoch" -> raise(stream, observation, "queue made anew", found);
            default -> {}
        }
    }

    /** @param untold stands for the cause where the device gave none */
    private static void raise(String stream, Observation observation, String untold, List<Finding> found) {
        Optional<GapCause> cause = observation.text("cause").flatMap(GapCause::ofWire);
        if (cause.filter(GapCause.ROTATED::equals).isPresent()) {
            return;
        }
        String told = cause.map(GapCause::wire).orElse(untold);
        found.add(new Finding.Raised(NAME, stream, severity(stream, cause), Map.of("stream", stream, "cause", told)));
    }

    private static Severity severity(String stream, Optional<GapCause> cause) {
        if (stream.startsWith("audit.")) {
            return Severity.S1;
        }
        return cause.filter(GapCause.DOWNSAMPLED::equals).isPresent() ? Severity.S3 : Severity.S2;
    }
}
