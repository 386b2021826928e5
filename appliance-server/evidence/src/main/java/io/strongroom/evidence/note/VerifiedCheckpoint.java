package io.strongroom.evidence.note;

import java.util.List;

/**
 * A checkpoint whose log is trusted.
 *
 * @param logKeys the trusted keys of the log that signed it, at least one
 * @param cosignatures those of known witnesses
 */
public record VerifiedCheckpoint(
        Checkpoint checkpoint, SignedNote note, List<VerifierKey> logKeys, List<Cosignature> cosignatures) {
    public VerifiedCheckpoint {
        logKeys = List.copyOf(logKeys);
        cosignatures = List.copyOf(cosignatures);
    }

    /** Whether a key of this type of the log signed. */
    public boolean signedWith(KeyType type) {
        return logKeys.stream().anyMatch(key -> key.type() == type);
    }

    /** The names under it that belong to no known key. */
    public List<String> furtherSigners() {
        return note.signatures().stream()
                .filter(signature -> logKeys.stream().noneMatch(key -> key.made(signature))
                        && cosignatures.stream().noneMatch(known -> known.key().made(signature)))
                .map(NoteSignature::name)
                .distinct()
                .toList();
    }
}
