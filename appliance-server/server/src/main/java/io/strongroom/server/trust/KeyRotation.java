package io.strongroom.server.trust;

import io.micronaut.context.annotation.Context;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.DatabaseBinding;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.KeyChange;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.keys.Rewrapping;
import io.strongroom.server.keys.TrustCard;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.SystemRecords.Event;
import io.strongroom.server.settings.DataDirectory;
import io.strongroom.server.settings.DurableFile;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the signing keys, and with them the key-encryption key, whose old one {@link Rewrapping} ends at the next start.
 * The new ones are kept first, then the change is announced in {@code system.keys}, signed by old and new, and only then
 * do the new ones sign and encrypt. A process that ends in between announces again at its next start.
 */
@Context
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final String STREAM = "system.keys";

    private final LocalKeys keys;
    private final Installation installation;
    private final Database database;
    private final DataDirectory data;
    private final SystemTrail trail;
    private final InstantSource clock;

    public KeyRotation(
            LocalKeys keys,
            Installation installation,
            Database database,
            DataDirectory data,
            SystemTrail trail,
            InstantSource clock) {
        this.keys = keys;
        this.installation = installation;
        this.database = database;
        this.data = data;
        this.trail = trail;
        this.clock = clock;
    }

    /** Where the ledger takes nothing now, such as while its clock waits for an operator, the start goes on without. */
    @PostConstruct
    void finishWhatWasBegun() {
        if (keys.changeIsPending()) {
            try {
                rotate("Service", "strongroom");
            } catch (ProblemException | LedgerClosedException | QueueFullException e) {
                LOG.warn(
                        "the change of keys that was begun is finished at the next start or rotation: {}",
                        e.getMessage());
            }
        }
    }

    /**
     * Changes all signing keys, and the key-encryption key. Returns once the new ones are in use.
     *
     * @param actorType and {@code actor}: who asked for it, as records name callers
     * @throws ProblemException {@code ledger-unavailable} if the announcement is not known to be in the ledger; the old
     *     keys go on then
     */
    public synchronized void rotate(String actorType, String actor) {
        try {
            KeyChange change = keys.prepareChange();
            new DatabaseBinding(database).bind(installation, keys.checks());
            announce(change, actorType, actor);
            keys.activate();
            DurableFile.write(
                    data.root().resolve("trust.txt"),
                    TrustCard.of(keys).render().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the new keys cannot be kept", e);
        }
    }

    private void announce(KeyChange change, String actorType, String actor) {
        Map<String, Object> attributes = new HashMap<>(change.attributes());
        attributes.put("announcedAt", Rfc3339.format(clock.millis()));
        Event event = new Event(
                clock.millis(),
                "Keys.Changed",
                "success",
                actorType,
                actor,
                "Log",
                installation.origin().value(),
                attributes);
        trail.tell(STREAM, event, "The change of keys could not be recorded, so the old keys go on.");
    }
}
