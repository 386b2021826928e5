package io.strongroom.console.devices;

import io.strongroom.api.telemetry.FleetDevice;
import java.time.Duration;
import java.time.Instant;

/** How a device stands, as the list says it: what was decided about it, and of those that may come, whether they do. */
enum Standing {
    /** An officer has to let it in. */
    PENDING,
    LOCKED,
    /** It may come, and has not for a while. */
    SILENT,
    /** It may come, and nothing has come from it yet. */
    UNHEARD,
    WELL,
    REVOKED,
    REFUSED;

    /** As long as the appliance waits by itself before silence is an incident. */
    static final Duration SILENCE = Duration.ofMinutes(15);

    static Standing of(FleetDevice device, Instant now) {
        return switch (device.state()) {
            case "pending" -> PENDING;
            case "locked" -> LOCKED;
            case "revoked" -> REVOKED;
            case "refused" -> REFUSED;
            default -> {
                String seen = device.lastSeen();
                if (seen == null) {
                    yield UNHEARD;
                }
                yield Instant.parse(seen).isBefore(now.minus(SILENCE)) ? SILENT : WELL;
            }
        };
    }

    /** Whether an officer has to decide something. */
    boolean waits() {
        return this == PENDING || this == LOCKED;
    }
}
