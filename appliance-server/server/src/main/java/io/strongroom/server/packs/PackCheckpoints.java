package io.strongroom.server.packs;

import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.tree.HashSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a pack needs of the log. */
public interface PackCheckpoints {

    /**
     * A checkpoint over all that is committed now, signed with Ed25519 and ML-DSA-44; stored when this returns, so that a
     * later checkpoint never contradicts it.
     */
    SignedNote forPack() throws IOException;

    /**
     * Of the checkpoints that cover so many entries, one that witnesses have cosigned lately; signed as {@link #forPack}'s is.
     */
    Optional<SignedNote> witnessed(long size);

    /** The hashes of the tree of the first {@code size} entries, which a checkpoint covers; for one thread. */
    HashSource hashes(long size);

    /** Every key that the log was ever signed with. */
    List<VerifierKey> logKeys();
}
