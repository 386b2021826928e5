package io.strongroom.console.chain;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.EntryLine;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.trust.TrustException;
import io.strongroom.evidence.trust.TrustFile;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log's entries and hash tiles, one behind the other, makes the tree of them anew, and compares it with the newest
 * checkpoint. Needs the same little memory however long the log is: a few tiles that are on their way, and the tree's edge.
 *
 * <p>For one run on one thread; interrupting that thread ends it.
 */
final class LogVerification {
    private static final int AHEAD = 8;
    private static final int WIDTH = TilePath.FULL_WIDTH;

    private final PublishedLog log;
    private final InstantSource clock;
    private final EntryLine line = new EntryLine();
    private final Map<Long, Seal> sealsBySize;
    private final Frontier frontier;
    private final Verified before;
    private Digest leaf;
    private long at = Long.MIN_VALUE;
    private int seals;

    /** Where it does not hold. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Verdict.Broken broken;

        Stop(long seq, Verdict.What what, Object expected, @Nullable Object found) {
            super(what + " at " + seq);
            this.broken = new Verdict.Broken(seq, what, String.valueOf(expected), String.valueOf(found));
        }
    }

    private record Chunk(long index, byte[] entries, byte[] hashes) {}

    /** @param before from where to go on */
    LogVerification(PublishedLog log, InstantSource clock, Verified before, List<Seal> known) {
        this.log = log;
        this.clock = clock;
        this.before = before;
        this.frontier = before.frontier().copy();
        this.leaf = before.leaf();
        this.sealsBySize = known.stream()
                .collect(Collectors.toMap(seal -> seal.lastSeq() + 1, Function.identity(), (one, other) -> one));
    }

    /** Opens a checkpoint by the keys that the appliance names. */
    static VerifiedCheckpoint open(PublishedLog log) throws TrustException {
        return TrustFile.parse(log.trustFile()).checkpoints().verify(SignedNote.parse(log.checkpoint()));
    }

    /**
     * Verifies up to the newest checkpoint.
     *
     * @param progress told how much of what is new has been read, 0 to 1
     */
    Verdict run(DoubleConsumer progress) throws InterruptedException {
        VerifiedCheckpoint newest;
        try {
            newest = open(log);
        } catch (NoteException | TrustException e) {
            return new Verdict.Broken(
                    -1, Verdict.What.CHECKPOINT, "a checkpoint that the log signed", String.valueOf(e.getMessage()));
        }
        try {
            walk(newest.checkpoint(), progress);
        } catch (Stop stop) {
            return stop.broken;
        }
        Verified verified = new Verified(newest.checkpoint().origin(), clock.instant(), frontier, leaf);
        return new Verdict.Held(verified, newest, before.size(), seals);
    }

    private void walk(Checkpoint newest, DoubleConsumer progress) throws Stop, InterruptedException {
        if (newest.size() < before.size()) {
            throw new Stop(-1, Verdict.What.SHORTER, before.size(), newest.size());
        }
        long end = (newest.size() + WIDTH - 1) / WIDTH;
        long next = before.size() / WIDTH;
        Deque<Future<Chunk>> underWay = new ArrayDeque<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                while (frontier.size() < newest.size()) {
                    while (underWay.size() < AHEAD && next < end) {
                        long index = next++;
                        underWay.add(readers.submit(() -> read(index, newest.size())));
                    }
                    chunk(taken(underWay.remove()));
                    progress.accept((frontier.size() - before.size()) / (double) (newest.size() - before.size()));
                }
            } finally {
                readers.shutdownNow();
            }
        }
        if (!frontier.root().equals(newest.root())) {
            throw new Stop(-1, Verdict.What.ROOT, newest.root(), frontier.root());
        }
    }

    private Chunk read(long index, long size) {
        int width = TilePath.widthAt(0, index, size);
        return new Chunk(index, log.tile(TilePath.entries(index, width)), log.tile(new TilePath(0, index, width)));
    }

    private static Chunk taken(Future<Chunk> chunk) throws InterruptedException {
        try {
            return chunk.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void chunk(Chunk chunk) throws Stop, InterruptedException {
        long first = chunk.index() * WIDTH;
        List<byte[]> entries;
        try {
            entries = EntryBundle.parse(chunk.entries());
        } catch (IllegalArgumentException e) {
            throw new Stop(first, Verdict.What.FORM, "a bundle of entries", e.getMessage());
        }
        if (chunk.hashes().length < entries.size() * Digest.BYTES) {
            throw new Stop(first, Verdict.What.FORM, entries.size() + " hashes", chunk.hashes().length + " bytes");
        }
        if (first + entries.size() <= frontier.size()) {
            throw new Stop(first, Verdict.What.FORM, "entries from " + frontier.size(), entries.size() + " entries");
        }
        for (int i = 0; i < entries.size(); i++) {
            if (first + i >= frontier.size()) {
                entry(first + i, entries.get(i), Digest.ofBytes(chunk.hashes(), i * Digest.BYTES));
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void entry(long seq, byte[] data, Digest hash) throws Stop {
        Digest found = Rfc9162.leaf(data);
        if (!found.equals(hash)) {
            throw new Stop(seq, Verdict.What.LEAF, hash, found);
        }
        try {
            line.read(data, 0, data.length);
        } catch (JsonException e) {
            throw new Stop(seq, Verdict.What.FORM, "the canonical bytes of an entry", e.getMessage());
        }
        if (line.seq() != seq) {
            throw new Stop(seq, Verdict.What.PLACE, seq, line.seq());
        }
        if (!line.isPrev(leaf.bytes(), 0)) {
            throw new Stop(seq, Verdict.What.LINK, leaf, line.entry().prev());
        }
        if (line.at() < at) {
            throw new Stop(seq, Verdict.What.TIME, at, line.at());
        }
        at = line.at();
        leaf = found;
        frontier.append(found);
        Seal seal = sealsBySize.get(frontier.size());
        if (seal != null) {
            if (!seal.root().equals(frontier.root())) {
                throw new Stop(seal.seq(), Verdict.What.SEAL, seal.root(), frontier.root());
            }
            seals++;
        }
    }
}
