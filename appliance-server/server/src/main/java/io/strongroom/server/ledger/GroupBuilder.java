package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.EntryRenderer;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.server.record.Draft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives drafts their places: sequence, time, previous leaf, leaf; and a seal before them where a new day begins.
 *
 * <p>Owned by the sequencer's thread. It runs ahead of what is committed by the group it has given out: a group that
 * cannot be committed ends the process.
 */
final class GroupBuilder {
    /** After how many entries the state of the day's chain is stored again: what a start has to read anew at most. */
    static final long CHAIN_STATE_EVERY = 65_536;

    private final Seals seals;

    // Always describe the same ledger: its end is head.
    private final EntryRenderer renderer;
    private final Frontier frontier;
    private final DayChain chain;
    private Head head;
    private long chainStoredAt;

    GroupBuilder(Seals seals, Head head, DayChain chain, long chainStoredAt) {
        this.seals = seals;
        this.head = head;
        this.renderer = new EntryRenderer(head.size(), head.leaf());
        this.frontier = Frontier.ofBytes(head.frontier());
        this.chain = chain;
        this.chainStoredAt = chainStoredAt;
    }

    Head head() {
        return head;
    }

    /** Whether a group of time {@code at} would begin with a seal. */
    boolean sealIsDue(long at) {
        return chain.sealIsDue(at);
    }

    /**
     * Places {@code drafts}, which are not empty.
     *
     * @param rows what is to be written with them
     * @param now the wall clock, epoch milliseconds; entries never go back behind the one before
     */
    Group build(List<Draft> drafts, List<RidingRow> rows, long now) {
        long at = Math.max(now, head.at());
        List<Draft> placed = drafts;
        @Nullable SealedChain sealed = null;
        if (chain.sealIsDue(at)) {
            Seals.Sealed seal = seals.seal(chain, head, at);
            placed = new ArrayList<>(drafts.size() + 1);
            placed.add(seal.draft());
            placed.addAll(drafts);
            sealed = seal.chain();
        }
        byte[] leaves = new byte[placed.size() * Digest.BYTES];
        for (int i = 0; i < placed.size(); i++) {
            Draft draft = placed.get(i);
            Long sourceSeq = draft.sourceSeq();
            renderer.render(
                    at,
                    draft.id(),
                    draft.policy(),
                    draft.digest(),
                    draft.retain(),
                    draft.source(),
                    sourceSeq == null ? -1 : sourceSeq,
                    draft.stream());
            renderer.copyLeafTo(leaves, i * Digest.BYTES);
            chain.add(at, draft.source(), sourceSeq, draft.digest());
        }
        frontier.appendAll(leaves, 0, placed.size());
        Head after = new Head(renderer.nextSeq(), renderer.leaf(), frontier.toBytes(), at, head.epoch());
        byte @Nullable [] state = null;
        if (after.size() - chainStoredAt >= CHAIN_STATE_EVERY) {
            state = chain.toBytes();
            chainStoredAt = after.size();
        }
        Group group = new Group(head, after, at, placed, leaves, sealed, state, rows);
        head = after;
        return group;
    }
}
