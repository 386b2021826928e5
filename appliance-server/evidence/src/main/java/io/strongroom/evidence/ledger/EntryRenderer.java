package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.tree.TreeHasher;

/**
 * Renders the entries of a growing ledger one after the other into one buffer, and chains them: each gets the next
 * sequence number and the leaf hash of the one before. No garbage for an entry.
 *
 * <p>Owned by the sequencer's thread. Nothing here is durable: after a failed commit, begin anew from the last
 * committed head.
 */
public final class EntryRenderer {
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] data = new byte[EntryLayout.MAX_BYTES];

    // Leaf hash of entry nextSeq − 1: the prev of the next.
    private final byte[] lastLeaf;
    private long nextSeq;
    private int length;

    /**
     * @param nextSeq the sequence number of the next entry: the size of the ledger
     * @param lastLeaf leaf hash of the last entry; {@link Digest#ZERO} for an empty ledger
     * @throws IllegalArgumentException if {@code nextSeq} is negative, or 0 with another leaf than zero
     */
    public EntryRenderer(long nextSeq, Digest lastLeaf) {
        if (nextSeq < 0 || nextSeq == 0 && !lastLeaf.equals(Digest.ZERO)) {
            throw new IllegalArgumentException("no ledger of size " + nextSeq + " has the last leaf " + lastLeaf);
        }
        this.nextSeq = nextSeq;
        this.lastLeaf = lastLeaf.bytes();
    }

    /**
     * Renders the next entry; its data is then in {@link #data()} and its leaf hash in {@link #leaf()}. The values keep
     * the rules of {@link Entry}.
     *
     * @param sourceSeq −1 for none
     * @return its sequence number
     * @throws IllegalArgumentException if a value cannot stand in an entry; the chain is unchanged then
     */
    public long render(
            long at,
            RecordId id,
            Digest policy,
            Digest record,
            String retain,
            String source,
            long sourceSeq,
            String stream) {
        EntryLayout.requireName("retain", retain);
        EntryLayout.requireName("source", source);
        EntryLayout.requireName("stream", stream);
        if (sourceSeq < EntryLayout.NO_SOURCE_SEQ || sourceSeq > CanonicalJson.MAX_INTEGER) {
            throw new IllegalArgumentException("sourceSeq must be from 0 to 2^53-1, or -1 for none, not " + sourceSeq);
        }
        length = EntryLayout.write(
                data, 0, nextSeq, at, id, policy, lastLeaf, record, retain, source, sourceSeq, stream);
        return chain();
    }

    /**
     * Renders an entry that was made before, as {@link #render(long, RecordId, Digest, Digest, String, String, long,
     * String)} does.
     *
     * @throws IllegalArgumentException if it is not the one that comes next; the chain is unchanged then
     */
    public long render(Entry entry) {
        if (entry.seq() != nextSeq) {
            throw new IllegalArgumentException("entry " + nextSeq + " comes next, not " + entry.seq());
        }
        length = entry.writeLeafData(data);
        return chain();
    }

    private long chain() {
        hasher.leaf(data, 0, length, lastLeaf, 0);
        return nextSeq++;
    }

    /** The sequence number that the next entry will have. */
    public long nextSeq() {
        return nextSeq;
    }

    /** Holds the data of the entry rendered last, from offset 0; overwritten by the next. */
    public byte[] data() {
        return data;
    }

    /** Bytes of that data. */
    public int length() {
        return length;
    }

    /** The leaf hash of the entry rendered last; before the first, what the renderer was begun with. */
    public Digest leaf() {
        return Digest.ofBytes(lastLeaf);
    }

    /** Copies that leaf hash into {@code target} at {@code offset}. */
    public void copyLeafTo(byte[] target, int offset) {
        System.arraycopy(lastLeaf, 0, target, offset, Digest.BYTES);
    }
}
