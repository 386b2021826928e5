package io.strongroom.console.connection;

import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies, on this machine, the checkpoints that an appliance shows. */
public final class Checkpoints {
    /** The appliance showed what does not hold. */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A log as it is shown. */
    public interface Shown {
        /** The newest checkpoint, with its signatures. */
        String checkpoint();

        /** The proof that the log of {@code to} entries continues that of {@code from}, in JSON. */
        String consistency(long from, long to);
    }

    private Checkpoints() {}

    /** The log that an appliance shows. */
    public static Shown shownBy(StrongroomClient client) {
        return new Shown() {
            @Override
            public String checkpoint() {
                return client.ledger().checkpoint().note();
            }

            @Override
            public String consistency(long from, long to) {
                return client.ledger().consistency(from, to);
            }
        };
    }

    /** By the keys of the appliance's trust file, which come over the pinned connection. */
    public static CheckpointVerifier verifier(StrongroomClient client) {
        try {
            return TrustFile.parse(client.ledger().trustFile()).checkpoints();
        } catch (TrustException e) {
            throw new Broken("the appliance's trust file: " + e.getMessage(), e);
        }
    }

    /**
     * The newest checkpoint.
     *
     * @param before the newest that was seen; it must be continued
     * @throws Broken if it is not signed as it must be, or does not continue what was seen
     */
    public static VerifiedCheckpoint newest(Shown log, CheckpointVerifier verifier, @Nullable Checkpoint before) {
        VerifiedCheckpoint newest;
        try {
            newest = verifier.verify(SignedNote.parse(log.checkpoint()));
        } catch (NoteException e) {
            throw new Broken(String.valueOf(e.getMessage()), e);
        }
        if (before != null && !continues(log, before, newest.checkpoint())) {
            throw new Broken(
                    "the checkpoint of " + newest.checkpoint().size() + " entries does not continue the one of "
                            + before.size() + " that was seen here before",
                    null);
        }
        return newest;
    }

    private static boolean continues(Shown log, Checkpoint before, Checkpoint newest) {
        if (newest.size() < before.size()) {
            return false;
        }
        if (newest.size() == before.size()) {
            return newest.root().equals(before.root());
        }
        try {
            List<Digest> path = Json.parseObject(
                            log.consistency(before.size(), newest.size()).getBytes(StandardCharsets.UTF_8))
                    .texts("hashes")
                    .stream()
                    .map(text -> Digest.ofBytes(Base64.getDecoder().decode(text)))
                    .toList();
            return new ConsistencyProof(before.size(), newest.size(), path).verifies(before.root(), newest.root());
        } catch (JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new Broken("the proof of consistency is not understood: " + e.getMessage(), e);
        }
    }
}
