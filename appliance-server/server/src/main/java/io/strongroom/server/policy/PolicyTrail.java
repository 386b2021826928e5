package io.strongroom.server.policy;

import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.record.SystemRecords.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what becomes of the policy into {@code system.policy}. */
final class PolicyTrail {
    static final String STREAM = "system.policy";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyTrail.class);
    private static final Actor APPLIANCE = new Actor("strongroom", "Service", "strongroom");

    private final SystemTrail trail;
    private final InstantSource clock;

    PolicyTrail(SystemTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** The appliance itself. */
    static Actor appliance() {
        return APPLIANCE;
    }

    /**
     * Records what is done, before it is.
     *
     * @param otherwise what is not done if it cannot be recorded
     */
    void tell(Actor actor, String action, String proposal, Map<String, Object> attributes, String otherwise) {
        trail.tell(STREAM, event(actor, action, "success", proposal, attributes), otherwise);
    }

    /** Records what was refused, and does not wait for it: nothing depends on it. */
    void refused(Actor actor, String action, String proposal, Map<String, Object> attributes) {
        note(event(actor, action, "failure", proposal, attributes));
    }

    /** Records what was seen, and does not wait for it. */
    void seen(String action, String outcome, String about, Map<String, Object> attributes) {
        note(event(APPLIANCE, action, outcome, about, attributes));
    }

    private void note(Event event) {
        try {
            var unused = trail.begin(STREAM, List.of(event));
        } catch (QueueFullException | LedgerClosedException e) {
            LOG.warn("{} could not be recorded: {}", event.action(), e.getMessage());
        }
    }

    Event event(Actor actor, String action, String outcome, String about, Map<String, Object> attributes) {
        return new Event(
                clock.millis(),
                action,
                outcome,
                actor.type(),
                actor.id(),
                "Policy",
                about.isEmpty() ? "policy" : about,
                attributes);
    }
}
