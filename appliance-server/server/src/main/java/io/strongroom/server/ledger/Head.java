package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import java.util.Arrays;

/**
 * The end of the ledger.
 *
 * @param size how many entries there are
 * @param leaf the last entry's leaf hash; zeros while there is none
 * @param frontier the tree's compact edge, {@link Frontier#toBytes()}; never changed
 * @param at the last entry's time in epoch milliseconds; 0 while there is none
 * @param epoch the writer's fencing number
 */
record Head(long size, Digest leaf, byte[] frontier, long at, long epoch) {

    /** The head of a ledger without entries. */
    static Head empty(long epoch) {
        return new Head(0, Digest.ZERO, new Frontier().toBytes(), 0, epoch);
    }

    /** Whether both say the same, the writer included. */
    boolean same(Head that) {
        return size == that.size
                && epoch == that.epoch
                && at == that.at
                && leaf.equals(that.leaf)
                && Arrays.equals(frontier, that.frontier);
    }

    /** The root over all entries. */
    Digest root() {
        return Frontier.ofBytes(frontier).root();
    }
}
