package io.strongroom.server.gateway;

import io.strongroom.server.access.AccessTrail;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.record.SystemRecords.Event;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Records what people did in the ledger. */
@Singleton
final class LedgerAccessTrail implements AccessTrail {
    private final SystemTrail trail;
    private final InstantSource clock;

    LedgerAccessTrail(SystemTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void tell(String stream, Deed deed) {
        Event event = new Event(
                clock.millis(),
                deed.action(),
                "success",
                deed.actorType(),
                deed.actor(),
                deed.resourceType(),
                deed.resource(),
                deed.attributes());
        trail.tell(stream, event, "What people do is recorded, and that could not be, so it is not done.");
    }
}
