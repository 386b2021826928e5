package io.strongroom.agent.witness;

import io.strongroom.api.WitnessOffer;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tree.ConsistencyProof;
import java.io.IOException;

/** The log, as the appliance shows it to this device. Every call may fail because the appliance cannot be reached. */
interface WatchedLog {
    /** What it shows now. */
    WitnessOffer offer() throws IOException, InterruptedException;

    /**
     * The proof that it says shows how the tree grew.
     *
     * @throws IllegalArgumentException if what it says cannot be such a proof
     */
    ConsistencyProof consistency(long from, long to) throws IOException, InterruptedException;

    /** Binds the witness key to this device, which may be so already. */
    void bind(String origin, SigningKey key) throws IOException, InterruptedException;

    /** Hands a checkpoint over with this witness's signature alone. The appliance has it when this returns. */
    void post(SignedNote cosigned) throws IOException, InterruptedException;
}
