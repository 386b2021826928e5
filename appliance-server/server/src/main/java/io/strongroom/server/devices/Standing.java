package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What officers decide about devices. It counts from the next request on, on connections that are open too. */
@Singleton
final class Standing {
    private static final String OFFICER = "officer";

    private final Changes changes;

    Standing(Changes changes) {
        this.changes = changes;
    }

    /** What can be decided: from which states, to which, and the record's action. */
    enum Decision {
        APPROVE(Set.of(DeviceState.PENDING), DeviceState.ACTIVE, "Device.Approved"),
        REFUSE(Set.of(DeviceState.PENDING), DeviceState.REFUSED, "Device.Refused"),
        LOCK(Set.of(DeviceState.ACTIVE), DeviceState.LOCKED, "Device.Locked"),
        UNLOCK(Set.of(DeviceState.LOCKED), DeviceState.ACTIVE, "Device.Unlocked"),
        REVOKE(Set.of(DeviceState.ACTIVE, DeviceState.LOCKED), DeviceState.REVOKED, "Device.Revoked");

        private final Set<DeviceState> from;
        private final DeviceState to;
        private final String action;

        Decision(Set<DeviceState> from, DeviceState to, String action) {
            this.from = from;
            this.to = to;
            this.action = action;
        }
    }

    /**
     * Decides. It counts, and the ledger tells of it, when this returns.
     *
     * @throws ProblemException {@code not-found}, or {@code device-conflict} if it is in a state that this is not about
     */
    DeviceRow decide(Caller by, String id, Decision decision) {
        return changes.make(change -> {
            DeviceRow device = DeviceRow.find(change.connection(), id)
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id."));
            if (!decision.from.contains(device.state())) {
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT,
                        "The device is " + device.state().name().toLowerCase(Locale.ROOT) + ".");
            }
            DeviceRow.move(change, id, decision.to, decision.to == DeviceState.ACTIVE ? "" : OFFICER, by.id());
            changes.record(
                    by,
                    decision.action,
                    Admission.DEVICE,
                    id,
                    Map.of(
                            "before", device.state().name().toLowerCase(Locale.ROOT),
                            "because", device.because(),
                            "generation", device.generation()));
            return DeviceRow.find(change.connection(), id).orElseThrow();
        });
    }
}
