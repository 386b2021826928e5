package io.strongroom.server.ingest;

import io.strongroom.api.GapCause;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.record.SystemRecords.Event;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What about devices' batches an auditor must be able to find: recorded in {@code system.devices} before the device is
 * answered. The same of a batch once more is not recorded again by the same process.
 */
final class DeviceEvents {
    private static final String STREAM = "system.devices";
    private static final String OTHERWISE = "The batch is not taken in, because it cannot be recorded that it came.";
    private static final int MOST_REMEMBERED = 10_000;

    private final SystemTrail trail;
    private final InstantSource clock;

    /** Guarded by itself; the eldest goes first. */
    private final Set<Told> told = Collections.newSetFromMap(new LinkedHashMap<Told, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Told, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private record Told(String action, Digest batch) {}

    DeviceEvents(SystemTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** A device signed two different batches for one place. */
    void conflict(BatchHead head, Digest digest, DeviceBatchTurn.Conflict conflict) {
        tell(
                "DeviceBatch.Conflict",
                "failure",
                head,
                digest,
                Map.of("known", conflict.known().toString()));
    }

    /** A device says that lines are lost, and why. */
    void gap(BatchHead head, Digest digest, DeviceBatchTurn.AfterGap lost) {
        tell(
                "DeviceBatch.Gap",
                "unknown",
                head,
                digest,
                Map.of("cause", lost.cause().wire(), "lostFirst", lost.first(), "lostLast", lost.last()));
    }

    /** A device's queue was created anew, and perhaps it says why. */
    void newEpoch(BatchHead head, Digest digest, Optional<GapCause> why) {
        Map<String, Object> told = new LinkedHashMap<>();
        why.ifPresent(cause -> told.put("cause", cause.wire()));
        tell("DeviceBatch.NewEpoch", "unknown", head, digest, told);
    }

    private void tell(String action, String outcome, BatchHead head, Digest digest, Map<String, Object> more) {
        Told event = new Told(action, digest);
        synchronized (told) {
            if (told.contains(event)) {
                return;
            }
        }
        Map<String, Object> attributes = new LinkedHashMap<>(more);
        attributes.put("stream", head.stream().value());
        attributes.put("epoch", head.epoch().toString());
        attributes.put("first", head.first());
        attributes.put("last", head.last());
        attributes.put("batch", digest.toString());
        trail.tell(
                STREAM,
                new Event(
                        clock.millis(),
                        action,
                        outcome,
                        "Device",
                        head.device().value(),
                        "DeviceBatch",
                        digest.toString(),
                        attributes),
                OTHERWISE);
        synchronized (told) {
            told.add(event);
        }
    }
}
