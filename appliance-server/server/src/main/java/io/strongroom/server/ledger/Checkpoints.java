package io.strongroom.server.ledger;

import io.strongroom.evidence.tree.HashSource;
import java.time.Duration;

/** The log as it is published. Any thread. */
public interface Checkpoints {

    /** The newest checkpoint. */
    StoredCheckpoint newest();

    /**
     * The newest checkpoint once it covers {@code minSize} entries, or when {@code limit} has passed.
     *
     * @return the newest, whatever it covers
     */
    StoredCheckpoint await(long minSize, Duration limit) throws InterruptedException;

    /**
     * Whether publishing failed when it was last tried, as when the object store is full. Records are taken meanwhile;
     * no checkpoint covers them yet.
     */
    boolean failing();

    /**
     * A checkpoint that covers all that is committed now and carries every signature, ML-DSA included.
     *
     * @throws CheckpointUnavailableException if there is none within half a minute, as when the object store fails
     */
    StoredCheckpoint forPack() throws InterruptedException;

    /**
     * The hashes of the tree of the first {@code size} entries, to make proofs from; for one thread.
     *
     * @throws IllegalArgumentException if no checkpoint covers them
     */
    HashSource hashes(long size);
}
