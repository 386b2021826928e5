package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.List;

/** One rule. It holds nothing itself; its slots in the memory begin with its name. */
interface Rule {
    /**
     * Whether it looks at the attributes of such records; else it goes by what every observation has. Of what the appliance
     * tells of devices all is there.
     */
    default boolean reads(String stream, String action) {
        return false;
    }

    /**
     * Looks at an observation, the next of its device.
     *
     * @param memory of that device
     * @param found takes what it finds
     */
    void judge(Observation observation, Memory memory, List<Finding> found);
}
