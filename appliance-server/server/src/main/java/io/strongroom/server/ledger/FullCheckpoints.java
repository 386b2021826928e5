package io.strongroom.server.ledger;

import java.util.Optional;

/** The checkpoints that every key of the log signed: at each seal, hourly, and for packs. None is ever deleted. */
public interface FullCheckpoints {

    Optional<StoredCheckpoint> newest();

    /** The one of this many entries. */
    Optional<StoredCheckpoint> find(long size);
}
