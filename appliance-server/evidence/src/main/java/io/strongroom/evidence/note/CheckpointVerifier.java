package io.strongroom.evidence.note;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Opens checkpoints under known keys. A log's key has the log's origin as its name. A signature that fails under any
 * known key refuses the checkpoint; signatures of unknown keys are ignored.
 */
public final class CheckpointVerifier {
    private final List<VerifierKey> logs;
    private final List<VerifierKey> witnesses;

    /**
     * @param logs keys of the logs that are trusted, of any of the types
     * @param witnesses keys of the witnesses, of a timestamped type
     */
    public CheckpointVerifier(Collection<VerifierKey> logs, Collection<VerifierKey> witnesses) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        for (VerifierKey witness : this.witnesses) {
            if (!witness.type().timestamped()) {
                throw new NoteException("a witness cosigns, with a key of type 0x04 or 0x06: " + witness.name());
            }
        }
    }

    /**
     * Opens a checkpoint.
     *
     * @throws NoteException if it is no checkpoint, no trusted key of its origin signed it, or a known key's signature
     *     fails
     */
    public VerifiedCheckpoint verify(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parseText(note.text());
        List<VerifierKey> ofOrigin = logs.stream()
                .filter(key -> key.name().equals(checkpoint.origin()))
                .toList();
        if (ofOrigin.isEmpty()) {
            throw new NoteException("no trusted log has the origin " + checkpoint.origin());
        }
        List<VerifierKey> logKeys = note.verifiedBy(ofOrigin);
        if (logKeys.isEmpty()) {
            throw new NoteException("no trusted key of the log " + checkpoint.origin() + " signed the checkpoint");
        }
        List<Cosignature> cosignatures = new ArrayList<>();
        for (VerifierKey witness : note.verifiedBy(witnesses)) {
            cosignatures.add(new Cosignature(witness, time(note, witness)));
        }
        return new VerifiedCheckpoint(checkpoint, note, logKeys, cosignatures);
    }

    /** The earliest time at which this witness saw the tree: a later signature takes nothing from an earlier. */
    private static Instant time(SignedNote note, VerifierKey witness) {
        return Instant.ofEpochSecond(note.signatures().stream()
                .filter(witness::made)
                .mapToLong(signature -> witness.timestamp(signature).orElseThrow())
                .min()
                .orElseThrow());
    }
}
