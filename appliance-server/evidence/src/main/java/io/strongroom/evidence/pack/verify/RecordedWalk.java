package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.EntryLine;
import io.strongroom.evidence.ledger.EntryMember;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.TreeHasher;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries beside the leaves, and compares each record with its entry. Goes on behind a failure, because the
 * files' digests are found on the way; only the first failure is kept.
 */
final class RecordedWalk {
    private static final byte[] NONE_BEFORE = Digest.ZERO.bytes();

    private final Lines entries;
    private final LeafReader leaves;
    private final BlockingQueue<RecordBatch> records;
    private final RenderingLines renderings;
    private final PartPlaces entryPlaces = new PartPlaces();
    private final PartPlaces recordPlaces = new PartPlaces();
    private final long from;
    private final long to;
    private final boolean allEntries;
    private final boolean allBodies;
    private final EntryLine entry = new EntryLine();
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Digest.BYTES];
    private final PlaceCounter notSelected = new PlaceCounter();
    private final PlaceCounter bodiesLeftOut = new PlaceCounter();
    private final PolicyCounter policies = new PolicyCounter();
    private @Nullable Failure failure;
    private RecordBatch batch = new RecordBatch("");
    private int inBatch;
    private String lastFile = PackLayout.part(PackLayout.RECORDS, 0);
    private long nextSeq;
    private long lastAt = Long.MIN_VALUE;
    private long entryCount;
    private long recordCount;
    // The first place that was passed over since a record matched: where the next record may have stood.
    private long passedOver = -1;

    /**
     * @param told what the pack says that there is; where it leaves out no entry, or no body, the first that is missing is
     *     a failure; null where it says nothing
     */
    RecordedWalk(
            Lines entries,
            LeafReader leaves,
            BlockingQueue<RecordBatch> records,
            RenderingLines renderings,
            long from,
            long to,
            PackManifest.@Nullable Counts told) {
        this.entries = entries;
        this.leaves = leaves;
        this.records = records;
        this.renderings = renderings;
        this.from = from;
        this.to = to;
        this.allEntries = told != null && told.allEntries();
        this.allBodies = told != null && told.allBodies();
        this.nextSeq = from;
    }

    /** Walks to the end of all three. */
    void run() throws IOException, InterruptedException {
        while (entries.next()) {
            if (failure == null) {
                try {
                    entry.read(entries.buffer(), entries.start(), entries.length());
                    entry();
                } catch (JsonException | IllegalArgumentException e) {
                    fail(entries.path(), nextSeq, "an entry in line " + entries.line(), String.valueOf(e.getMessage()));
                }
            }
        }
        if (entries.broken() != null && failure == null) {
            failure = entries.broken();
        }
        if (failure == null && allEntries && nextSeq < to) {
            fail(entries.path(), nextSeq, "the entry of place " + nextSeq, "no more entries");
        }
        entries.drain();
        if (failure == null) {
            notSelected.add(nextSeq, to);
        }
        if (record() && failure == null) {
            Failure problem = batch.problems.get(inBatch);
            failure = problem != null
                    ? new Failure(problem.file(), atMost(passedOver), problem.expected(), problem.found())
                    : new Failure(
                            batch.file,
                            atMost(passedOver),
                            "an entry for the record in line " + batch.lines[inBatch],
                            "none for its id " + batch.ids.get(inBatch));
        }
        while (record()) {
            inBatch = batch.size;
        }
        Failure odd = renderings.end();
        if (failure == null) {
            failure = odd;
        }
    }

    private static @Nullable Long atMost(long seq) {
        return seq < 0 ? null : seq;
    }

    private void entry() throws IOException, InterruptedException {
        long seq = entry.seq();
        if (seq < nextSeq || seq >= to) {
            fail(entries.path(), seq, "places of the range [" + from + ", " + to + ") in their order", "place " + seq);
            return;
        }
        hasher.leaf(entries.buffer(), entries.start(), entries.length(), leaf, 0);
        if (!leaves.is(seq, leaf)) {
            boolean there = leaves.broken() == null && leaves.missing() < to - seq;
            fail(
                    entries.path(),
                    seq,
                    "the leaf hash " + (there ? leaves.hash(seq) : "at this place, which the leaf hashes do not reach"),
                    "an entry with the leaf hash " + Digest.ofBytes(leaf));
            return;
        }
        if (!follows(seq)) {
            Digest before = seq == 0 ? Digest.ZERO : leaves.hash(seq - 1);
            fail(
                    entries.path(),
                    seq,
                    "the entry before to be " + before,
                    "prev " + entry.entry().prev());
            return;
        }
        if (entry.at() < lastAt) {
            fail(entries.path(), seq, "a time not before that of the entry before", "an earlier one");
            return;
        }
        lastAt = entry.at();
        if (allEntries && seq > nextSeq) {
            fail(entries.path(), nextSeq, "the entry of place " + nextSeq, "that of place " + seq);
            return;
        }
        notSelected.add(nextSeq, seq);
        nextSeq = seq + 1;
        entryCount++;
        entryPlaces.add(entries.path(), seq);
        policies.add(seq, entry);
        boolean here = match(seq);
        if (failure == null) {
            failure = renderings.at(seq, entry.id(), here);
        }
    }

    /** Whether the entry names the one before, where that is known. */
    private boolean follows(long seq) {
        if (seq == 0) {
            return entry.isPrev(NONE_BEFORE, 0);
        }
        return seq == from || leaves.isPrev(seq - 1, entry);
    }

    /** Compares the next record with the entry, unless it is of another; whether that is so. */
    private boolean match(long seq) throws InterruptedException {
        if (!record()) {
            passOver(seq, "no more records");
            return false;
        }
        int i = inBatch;
        Failure problem = batch.problems.get(i);
        boolean sameDigest = entry.isRecord(batch.digests, i * Digest.BYTES);
        boolean sameId = entry.id().equals(batch.ids.get(i));
        if (!sameId && !sameDigest) {
            passOver(seq, "in line " + batch.lines[i] + " of " + batch.file + " the record " + batch.ids.get(i));
            return false;
        }
        if (problem != null) {
            fail(problem.file() + "", seq, problem.expected(), problem.found());
            return false;
        }
        if (!sameDigest || !sameId) {
            fail(
                    batch.file,
                    seq,
                    "in line " + batch.lines[i] + " the record " + entry.id() + " with the digest "
                            + entry.entry().record(),
                    "the record " + batch.ids.get(i) + " with the digest "
                            + Digest.ofBytes(batch.digests, i * Digest.BYTES));
            return false;
        }
        EntryMember other = batch.claims.contradicted(i, entry);
        if (other != null) {
            fail(
                    batch.file,
                    seq,
                    "in line " + batch.lines[i] + " a record that says what its entry says: " + other + " "
                            + entry.text(other),
                    other + " " + batch.claims.said(i, other));
            return false;
        }
        if (batch.disclosedAt[i] >= 0 && batch.disclosedAt[i] != seq) {
            fail("data/disclosures", seq, "disclosures that name place " + seq, "place " + batch.disclosedAt[i]);
            return false;
        }
        recordCount++;
        recordPlaces.add(batch.file, seq);
        inBatch++;
        passedOver = -1;
        return true;
    }

    private void passOver(long seq, String found) {
        if (allBodies) {
            fail(batch.file.isEmpty() ? lastFile : batch.file, seq, "the record " + entry.id(), found);
            return;
        }
        bodiesLeftOut.add(seq, seq + 1);
        if (passedOver < 0) {
            passedOver = seq;
        }
    }

    /** Whether a record stands at {@link #inBatch}; takes the next batch when it must. */
    private boolean record() throws InterruptedException {
        while (batch != RecordBatch.END && inBatch == batch.size) {
            batch = records.take();
            if (batch != RecordBatch.END) {
                lastFile = batch.file;
            }
            inBatch = 0;
        }
        return batch != RecordBatch.END;
    }

    private void fail(String file, long seq, String expected, String found) {
        failure = new Failure(file, seq, expected, found);
    }

    /** The first failure; null where all entries and records hold. */
    @Nullable
    Failure failure() {
        return failure;
    }

    long entryCount() {
        return entryCount;
    }

    long recordCount() {
        return recordCount;
    }

    /** What the lines of each part of entries, records and renderings belong to. */
    Map<String, PartPlaces.Span> spans() {
        Map<String, PartPlaces.Span> spans = new HashMap<>(entryPlaces.spans());
        spans.putAll(recordPlaces.spans());
        spans.putAll(renderings.places().spans());
        return spans;
    }

    PackFacts.Places notSelected() {
        return notSelected.places();
    }

    PackFacts.Places bodiesLeftOut() {
        return bodiesLeftOut.places();
    }

    /** The bundles that entries name, in the order in which they do. */
    List<PackFacts.Decided> policies() {
        return policies.policies();
    }
}
