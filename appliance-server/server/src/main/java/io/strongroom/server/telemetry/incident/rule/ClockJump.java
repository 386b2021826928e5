package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.api.GapCause;
import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A device's clock steps: it is ahead of the ledger's; goes back from one line of a signed stream of telemetry to the next,
 * whose order is known; or what the agent has found of its distance from the appliance's changes. It is over a day after the
 * last.
 */
final class ClockJump implements Rule {
    static final String NAME = "clock-jump";
    private static final String LAST = NAME + ":last";
    private static final String SKEW = NAME + ":skew";
    private static final String AT = NAME + ":at:";
    private static final List<String> STREAMS = List.of("telemetry.agent", "telemetry.health");
    private static final double DAY_MILLIS = 86_400_000;

    private final double mostMillis;

    ClockJump(int seconds) {
        this.mostMillis = seconds * 1000.0;
    }

    @Override
    public boolean reads(String stream, String action) {
        return Telemetry.isIn(stream);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (observation.action().equals("DeviceBatch.NewEpoch")) {
            // What a queue that was set back sends again is as old as it is.
            STREAMS.forEach(stream -> memory.forget(AT + stream));
        }
        if (!Telemetry.isDevices(observation)) {
            return;
        }
        double ahead = observation.occurredAt() - (double) observation.recordedAt();
        double back = backwards(observation, memory);
        double shifted = shifted(observation, memory);
        double most = Math.max(ahead, Math.max(back, shifted));
        if (most > mostMillis) {
            memory.put(LAST, observation.recordedAt());
            String how = most == ahead ? "ahead" : most == back ? "back" : "shifted";
            found.add(new Finding.Raised(
                    NAME, "", Severity.S2, Map.of("seconds", Telemetry.rounded(most / 1000), "how", how)));
            return;
        }
        double[] last = memory.get(LAST);
        if (last != null && observation.recordedAt() > last[0] + DAY_MILLIS) {
            memory.forget(LAST);
            found.add(new Finding.Cleared(NAME, ""));
        }
    }

    /** How far the stream's time went back, in milliseconds. What is written for a hole has a time of its own. */
    private static double backwards(Observation observation, Memory memory) {
        if (!observation.signed()
                || !STREAMS.contains(observation.stream())
                || observation.action().equals(GapCause.NOTICE)) {
            return 0;
        }
        String slot = AT + observation.stream();
        double[] before = memory.get(slot);
        memory.put(slot, observation.occurredAt());
        return before == null ? 0 : before[0] - observation.occurredAt();
    }

    private static double shifted(Observation observation, Memory memory) {
        OptionalDouble skew = observation.number("agent.sent.applianceAheadMillis");
        if (skew.isEmpty() || !Telemetry.isIn(observation.stream())) {
            return 0;
        }
        double[] before = memory.get(SKEW);
        memory.put(SKEW, skew.getAsDouble());
        return before == null ? 0 : Math.abs(skew.getAsDouble() - before[0]);
    }
}
