package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.List;
import java.util.Map;

/**
 * Two speak for one device: a certificate was shown that had been replaced, so its key was copied; or two different batches
 * were signed for one place. The first is over once an officer has decided about the device.
 */
final class Identity implements Rule {
    static final String COPIED = "copied-key";
    static final String CONFLICT = "batch-conflict";

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (!observation.stream().equals("system.devices")) {
            return;
        }
        switch (observation.action()) {
            case "Device.Locked" -> {
                if (observation.text("because").filter(COPIED::equals).isPresent()) {
                    memory.put(COPIED, 1);
                    found.add(new Finding.Raised(COPIED, "", Severity.S1, Map.of()));
                }
            }
            case "Device.Unlocked", "Device.Revoked" -> {
                if (memory.has(COPIED)) {
                    memory.forget(COPIED);
                    found.add(new Finding.Cleared(COPIED, ""));
                }
            }
            case "DeviceBatch.Conflict" -> found.add(new Finding.Raised(CONFLICT, "", Severity.S1, Map.of()));
            default -> {}
        }
    }
}
