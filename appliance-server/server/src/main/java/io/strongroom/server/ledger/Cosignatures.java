package io.strongroom.server.ledger;

import io.strongroom.evidence.note.SignedNote;
import java.util.Optional;

/** What witnesses signed of the log. */
public interface Cosignatures {

    /** The checkpoint's note, with the signatures of those who cosigned exactly this checkpoint. */
    SignedNote on(StoredCheckpoint checkpoint);

    /**
     * Of the checkpoints of at least {@code size} entries that witnesses cosigned in the last days, the one that most did,
     * and of these the newest. It is signed by every key of the log, too.
     */
    Optional<StoredCheckpoint> covering(long size);

    /** How many witnesses cosigned a checkpoint of more than {@code above} entries, and at most {@code size}. */
    long witnesses(long above, long size);
}
