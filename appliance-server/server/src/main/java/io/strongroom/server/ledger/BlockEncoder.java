package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.Draft;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packs entries into the form in which they are stored, version 2; {@link EntryBlock} reads it.
 *
 * <pre>
 * u8      version, 2
 * u16     count, 1 to 256
 * 32      leaf hash of the entry before the first
 * ⌈count/16⌉ × 32  leaf hashes of each 16th entry and of the last
 * i64     time of the first entry, epoch milliseconds
 * varint  words, each: varint length, UTF-8     streams, sources and retention classes in this block
 * varint  policies, each: 32 bytes
 * varint  kinds, each 4 varints: stream, source and retention class as words, policy
 * count × u8       kind of each entry
 * count × varint   time of each entry less the one before
 * ⌈count/8⌉        which entries have a source sequence, lowest bit first
 * signed varint    for each that has: its sequence, less the one before of the same source in this block (at first 0)
 * count × 16       record ids
 * count × 32       record digests
 * </pre>
 *
 * A block never crosses a multiple of 256, so that a full tile's leaves are whole blocks. It names all that it needs:
 * no dictionary beside it can be lost. The leaf hashes within are marks: whoever reads one entry computes 16 at most.
 *
 * <p>Owned by one thread.
 */
final class BlockEncoder {
    static final int VERSION = 2;
    static final int MAX_ENTRIES = 256;

    /** After how many entries of a block a leaf hash is told. */
    static final int MARK_EVERY = 16;

    private record Kind(String stream, String source, String retain, Digest policy) {}

    private final PackedBytes out = new PackedBytes(1 << 15);
    private final Map<String, Integer> words = new HashMap<>();
    private final Map<Digest, Integer> policies = new HashMap<>();
    private final Map<Kind, Integer> kinds = new HashMap<>();
    private final byte[] kindOf = new byte[MAX_ENTRIES];
    private final PackedBytes wordList = new PackedBytes(1 << 10);
    private final PackedBytes policyList = new PackedBytes(1 << 8);
    private final PackedBytes kindList = new PackedBytes(1 << 8);
    private final Map<String, Long> lastSourceSeq = new HashMap<>();

    /** Takes a packed block. The buffer is the encoder's own, until the next one. */
    @FunctionalInterface
    interface Blocks {
        void take(long first, PackedBytes packed) throws SQLException;
    }

    /** Where the block that begins with entry {@code seq} must end at the latest. */
    static long boundary(long seq) {
        return (seq / MAX_ENTRIES + 1) * MAX_ENTRIES;
    }

    /** Packs the entries of a group. */
    void encode(Group group, Blocks blocks) throws SQLException {
        int from = 0;
        while (from < group.count()) {
            long first = group.first() + from;
            int to = (int) Math.min(group.count(), boundary(first) - group.first());
            blocks.take(first, encode(group, from, to));
            from = to;
        }
    }

    /** Packs the drafts [{@code from}, {@code to}) of a group. The buffer is this encoder's own, until the next call. */
    private PackedBytes encode(Group group, int from, int to) {
        int count = to - from;
        if (count < 1 || group.first() + to > boundary(group.first() + from)) {
            throw new IllegalArgumentException("a block may not cross a multiple of 256");
        }
        List<Draft> drafts = group.drafts();
        gatherKinds(drafts, from, to);
        out.clear();
        out.u8(VERSION).u16(count);
        if (from == 0) {
            int at = out.reserve(Digest.BYTES);
            group.before().leaf().copyTo(out.array(), at);
        } else {
            out.put(group.leaves(), (from - 1) * Digest.BYTES, Digest.BYTES);
        }
        for (int marked = from + MARK_EVERY; marked < to; marked += MARK_EVERY) {
            out.put(group.leaves(), (marked - 1) * Digest.BYTES, Digest.BYTES);
        }
        out.put(group.leaves(), (to - 1) * Digest.BYTES, Digest.BYTES);
        out.i64(group.at());
        out.varint(words.size()).put(wordList.array(), 0, wordList.length());
        out.varint(policies.size()).put(policyList.array(), 0, policyList.length());
        out.varint(kinds.size()).put(kindList.array(), 0, kindList.length());
        out.put(kindOf, 0, count);
        for (int i = 0; i < count; i++) {
            out.u8(0);
        }
        sourceSequences(drafts, from, to);
        for (int i = from; i < to; i++) {
            out.i64(drafts.get(i).id().high()).i64(drafts.get(i).id().low());
        }
        for (int i = from; i < to; i++) {
            // Reserved first: the array may be another afterwards.
            int at = out.reserve(Digest.BYTES);
            drafts.get(i).digest().copyTo(out.array(), at);
        }
        return out;
    }

    private void gatherKinds(List<Draft> drafts, int from, int to) {
        words.clear();
        policies.clear();
        kinds.clear();
        wordList.clear();
        policyList.clear();
        kindList.clear();
        Draft before = null;
        for (int i = from; i < to; i++) {
            Draft draft = drafts.get(i);
            kindOf[i - from] = before != null && alike(before, draft) ? kindOf[i - from - 1] : (byte) kind(draft);
            before = draft;
        }
    }

    private static boolean alike(Draft a, Draft b) {
        return a.stream().equals(b.stream())
                && a.source().equals(b.source())
                && a.retain().equals(b.retain())
                && a.policy().equals(b.policy());
    }

    private int kind(Draft draft) {
        Kind kind = new Kind(draft.stream(), draft.source(), draft.retain(), draft.policy());
        Integer known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        kindList.varint(word(kind.stream)).varint(word(kind.source)).varint(word(kind.retain));
        kindList.varint(policy(kind.policy));
        kinds.put(kind, kinds.size());
        return kinds.size() - 1;
    }

    private int word(String word) {
        Integer known = words.get(word);
        if (known != null) {
            return known;
        }
        wordList.text(word);
        words.put(word, words.size());
        return words.size() - 1;
    }

    private int policy(Digest policy) {
        Integer known = policies.get(policy);
        if (known != null) {
            return known;
        }
        int at = policyList.reserve(Digest.BYTES);
        policy.copyTo(policyList.array(), at);
        policies.put(policy, policies.size());
        return policies.size() - 1;
    }

    private void sourceSequences(List<Draft> drafts, int from, int to) {
        int count = to - from;
        int bits = out.reserve((count + 7) / 8);
        for (int i = 0; i < (count + 7) / 8; i++) {
            out.array()[bits + i] = 0;
        }
        lastSourceSeq.clear();
        for (int i = 0; i < count; i++) {
            Draft draft = drafts.get(from + i);
            @Nullable Long sourceSeq = draft.sourceSeq();
            if (sourceSeq != null) {
                out.array()[bits + i / 8] |= (byte) (1 << i % 8);
                Long last = lastSourceSeq.put(draft.source(), sourceSeq);
                out.signed(sourceSeq - (last == null ? 0 : last));
            }
        }
    }
}
