package io.strongroom.agent.witness;

import io.strongroom.api.WitnessOffer;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the log, and cosigns its newest checkpoint (C2SP tlog-cosignature) if it continues the newest that was seen. That
 * is on disk before the signature is made, so no kill has two signed that contradict each other. Where what is shown
 * contradicts what was seen, both are kept as proof, the appliance is told in its own log, and nothing more is signed until
 * an operator resolves it. For one thread.
 */
final class Witness {
    private final String device;
    private final WitnessFolder folder;
    private final WatchedLog log;
    private final Incidents incidents;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Puts what was found where it cannot be lost. */
    @FunctionalInterface
    interface Incidents {
        void raise(Json.Obj incident) throws IOException;
    }

    /** What came of a look. */
    enum Outcome {
        /** There is no checkpoint yet, or none that is new. */
        NOTHING_NEW,
        COSIGNED,
        /** What is shown contradicts what was seen, now or before. */
        CONTRADICTED
    }

    Witness(
            String device,
            WitnessFolder folder,
            WatchedLog log,
            Incidents incidents,
            InstantSource clock,
            SecureRandom random) {
        this.device = device;
        this.folder = folder;
        this.log = log;
        this.incidents = incidents;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Looks once.
     *
     * @throws IOException if the appliance cannot be reached, or the disk not be used: then nothing was signed, or it was not
     *     handed over; the next look goes on
     */
    Outcome look() throws IOException, InterruptedException {
        Optional<Json.Obj> known = folder.incident();
        if (known.isPresent()) {
            tell(known.get());
            return Outcome.CONTRADICTED;
        }
        SigningKey key = folder.key(random);
        WitnessOffer offer = log.offer();
        LogKeys keys = believed(offer);
        if (!folder.isBound()) {
            log.bind(keys.origin(), key);
            folder.bound();
        }
        String shown = offer.checkpoint();
        if (shown == null) {
            return Outcome.NOTHING_NEW;
        }
        SignedNote kept = folder.head().orElse(null);
        Contradiction found = contradiction(keys, offer, kept, shown);
        if (found != null) {
            raise(found);
            return Outcome.CONTRADICTED;
        }
        return cosign(key, kept, SignedNote.parse(shown));
    }

    private LogKeys believed(WitnessOffer offer) throws IOException {
        Optional<LogKeys> known = folder.log();
        try {
            LogKeys keys = known.isEmpty()
                    ? LogKeys.of(offer.origin(), offer.keys())
                    : known.get().following(offer.changes());
            if (known.isEmpty() || !known.get().equals(keys)) {
                folder.log(keys);
            }
            return keys;
        } catch (NoteException e) {
            throw new IOException("The keys that the appliance shows cannot be read: " + e.getMessage(), e);
        }
    }

    private @Nullable Contradiction contradiction(
            LogKeys keys, WitnessOffer offer, @Nullable SignedNote kept, String shown)
            throws IOException, InterruptedException {
        String before = kept == null ? null : kept.render();
        if (!offer.origin().equals(keys.origin())) {
            return new Contradiction(
                    Contradiction.REPLACED,
                    "The appliance shows the log " + offer.origin() + " in the place of " + keys.origin() + ".",
                    before,
                    shown);
        }
        Checkpoint next;
        try {
            next = new CheckpointVerifier(keys.keys(), List.of())
                    .verify(SignedNote.parse(shown))
                    .checkpoint();
        } catch (NoteException e) {
            return new Contradiction(
                    Contradiction.SIGNATURE,
                    "The checkpoint is not signed by a key that is believed: " + e.getMessage() + ".",
                    before,
                    shown);
        }
        if (kept == null) {
            return null;
        }
        Checkpoint last = Checkpoint.parseText(kept.text());
        if (next.size() < last.size()) {
            return new Contradiction(
                    Contradiction.ROLLBACK,
                    "The log had " + last.size() + " entries, and now shows " + next.size() + ".",
                    before,
                    shown);
        }
        if (!continues(last, next)) {
            return new Contradiction(
                    Contradiction.FORK,
                    "The log of " + next.size() + " entries does not continue the one of " + last.size()
                            + " that was seen before: there are two histories.",
                    before,
                    shown);
        }
        return null;
    }

    private boolean continues(Checkpoint last, Checkpoint next) throws IOException, InterruptedException {
        if (next.size() == last.size()) {
            return next.root().equals(last.root());
        }
        try {
            return log.consistency(last.size(), next.size()).verifies(last.root(), next.root());
        } catch (IllegalArgumentException e) {
            // It is no proof, or not of these sizes.
            return false;
        }
    }

    private Outcome cosign(SigningKey key, @Nullable SignedNote kept, SignedNote next)
            throws IOException, InterruptedException {
        if (kept == null || !kept.text().equals(next.text())) {
            folder.head(next);
        }
        // From here on a kill leaves a head that the next look signs.
        if (folder.isPosted(next)) {
            return Outcome.NOTHING_NEW;
        }
        NoteSigner signer = NoteSigner.ed25519Cosigner(device, key, clock);
        log.post(SignedNote.sign(next.text(), signer));
        folder.posted(next);
        return Outcome.COSIGNED;
    }

    private void raise(Contradiction found) throws IOException {
        Json.Obj incident = Json.object()
                .put("rule", found.rule())
                .put("severity", "S1")
                .put("detail", found.detail())
                .put("at", Rfc3339.format(clock.millis()))
                .put("kept", found.kept())
                .put("shown", found.shown())
                .put("told", false)
                .build();
        folder.incident(incident);
        tell(incident);
    }

    private void tell(Json.Obj incident) throws IOException {
        if (incident.get("told").equals(Optional.of(Json.of(false)))) {
            incidents.raise(incident);
            folder.incident(Json.object()
                    .putAll(incident.without("told"))
                    .put("told", true)
                    .build());
        }
    }
}
