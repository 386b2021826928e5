package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.ledger.CheckpointTable.SealObject;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the log: tiles first, then the checkpoint that shows them (formats §5).
 *
 * <p>One thread. It signs at most once a second and only when the tree grew; while the object store or the database
 * fails it waits, and records go on being taken in.
 */
final class Checkpointer implements Checkpoints, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_MILLIS = 1_000;
    private static final long TILES_EVERY_MILLIS = 100;
    private static final long FULL_EVERY_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long MIRROR_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long MAX_BACKOFF_MILLIS = 15_000;
    private static final Duration PACK_PATIENCE = Duration.ofSeconds(30);

    private final SigningKeys keys;
    private final CommittedTail tail;
    private final LogTiles tiles;
    private final TileStore store;
    private final CheckpointTable table;
    private final CheckpointMirror mirror;
    private final ObjectStore objects;
    private final Housekeeping housekeeping;
    private final Clock clock;
    private final ProcessHalt halt;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();

    // Written by the checkpointer's thread under the lock; read by any.
    private volatile PublishedLog newest;
    // How many entries a full checkpoint is wanted for; −1 while none is. Guarded by lock.
    private long fullWanted = -1;
    private volatile boolean closing;
    private volatile boolean failing;

    // The checkpointer's thread alone.
    private long lastFullSize;
    private long lastFullMillis;
    private long lastMirrorMillis;
    private long nextNanos;

    /** What else is to be done about once a second. */
    @FunctionalInterface
    interface Housekeeping {
        void tick() throws InterruptedException;
    }

    /** @param newest the newest checkpoint stored, and the tiles at its size */
    Checkpointer(
            SigningKeys keys,
            CommittedTail tail,
            LogTiles tiles,
            TileStore store,
            CheckpointTable table,
            ObjectStore objects,
            Housekeeping housekeeping,
            Clock clock,
            ProcessHalt halt,
            PublishedLog newest,
            @Nullable StoredCheckpoint newestFull) {
        this.keys = keys;
        this.tail = tail;
        this.tiles = tiles;
        this.store = store;
        this.table = table;
        this.mirror = new CheckpointMirror(objects);
        this.objects = objects;
        this.housekeeping = housekeeping;
        this.clock = clock;
        this.halt = halt;
        this.newest = newest;
        this.lastFullSize = newestFull == null ? -1 : newestFull.size();
        this.lastFullMillis = newestFull == null ? 0 : newestFull.atMillis();
        this.nextNanos = System.nanoTime();
        this.thread = Thread.ofPlatform().name("checkpointer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long backoffMillis = 0;
        try {
            while (!closing) {
                long nudges = tail.nudges();
                try {
                    housekeeping.tick();
                    long millis = round();
                    failing = false;
                    backoffMillis = 0;
                    pause(millis, nudges);
                } catch (IOException | DatabaseException e) {
                    // What the very next attempt mends is no fault that anybody need see to.
                    failing = backoffMillis > 0;
                    backoffMillis = Math.clamp(2 * backoffMillis, 500, MAX_BACKOFF_MILLIS);
                    log.warn("publishing failed and is tried again in {} ms: {}", backoffMillis, e.getMessage());
                    tail.awaitWork(Long.MAX_VALUE, nudges, backoffMillis);
                }
            }
            publishLast();
        } catch (InterruptedException e) {
            halt.halt("the checkpointer was interrupted", e);
        } catch (RuntimeException | Error e) {
            log.error("the checkpointer has failed: {}", e.getMessage(), e);
            halt.halt("the checkpointer has failed: " + e.getMessage(), e);
        }
    }

    /** Publishes if there is something to publish and it is time. Gives how long to wait before looking again. */
    private long round() throws IOException {
        StoredCheckpoint last = newest.checkpoint();
        Head head = tail.head();
        // Tiles are stored as they fill, not all at once when the checkpoint is due.
        tiles.advance(head.size());
        boolean grew = head.size() > last.size();
        boolean full = fullDue(head, grew);
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(nextNanos - System.nanoTime());
        if (full && !last.full() && !grew || grew && (leftMillis <= 0 || fullWanted() >= 0)) {
            publish(head, full);
            nextNanos = System.nanoTime() + EVERY_NANOS;
            return 0;
        }
        return grew ? Math.clamp(leftMillis, 1, TILES_EVERY_MILLIS) : IDLE_MILLIS;
    }

    private void pause(long millis, long nudges) throws InterruptedException {
        // With growth that is not published yet the time decides; without, growth does.
        tail.awaitWork(millis == IDLE_MILLIS ? newest.checkpoint().size() : Long.MAX_VALUE, nudges, millis);
    }

    /** What was acknowledged before a tidy end is provable after it, and missed if it is gone by then. */
    private void publishLast() {
        try {
            Head head = tail.head();
            if (head.size() > newest.checkpoint().size()) {
                tiles.advance(head.size());
                publish(head, false);
            }
            mirror.keep(newest.checkpoint());
        } catch (IOException | DatabaseException e) {
            log.warn(
                    "the last checkpoint could not be made or mirrored; the next start sees to it: {}", e.getMessage());
        }
    }

    private long fullWanted() {
        lock.lock();
        try {
            return fullWanted;
        } finally {
            lock.unlock();
        }
    }

    private boolean fullDue(Head head, boolean grew) {
        long lastSeal = tail.lastSeal();
        return fullWanted() >= 0
                || lastSeal >= lastFullSize && lastSeal < head.size()
                || grew && clock.millis() - lastFullMillis >= FULL_EVERY_MILLIS;
    }

    private void publish(Head head, boolean full) throws IOException {
        // Computed from the tiles that are shown, and compared with what the sequencer has computed.
        Digest root = tiles.root();
        if (!root.equals(head.root())) {
            throw new LedgerDamagedException("the tiles of " + head.size() + " entries have the root " + root
                    + ", and the ledger's head " + head.root());
        }
        publishSeals();
        long now = clock.millis();
        NoteSigner[] signers = (full ? keys.sealSigners() : keys.checkpointSigners()).toArray(NoteSigner[]::new);
        byte[] note = new Checkpoint(keys.origin().value(), head.size(), root)
                .sign(signers)
                .bytes();
        StoredCheckpoint checkpoint = new StoredCheckpoint(head.size(), root, now, full, note);
        table.store(checkpoint, head);
        announce(new PublishedLog(checkpoint, tiles.partials(), store));
        if (full) {
            lastFullSize = head.size();
            lastFullMillis = now;
        }
        if (full || Math.abs(now - lastMirrorMillis) >= MIRROR_EVERY_MILLIS) {
            mirror.keep(checkpoint);
            table.prune(now - KEPT_MILLIS);
            lastMirrorMillis = now;
        }
    }

    private void publishSeals() throws IOException {
        if (tail.lastSeal() < newest.checkpoint().size()) {
            return;
        }
        for (SealObject seal : table.unpublishedSeals()) {
            objects.put(seal.name(), seal.content(), Protection.LOCKED);
            table.sealPublished(seal.sealSeq());
        }
    }

    private void announce(PublishedLog next) {
        lock.lock();
        try {
            newest = next;
            if (next.checkpoint().full() && next.checkpoint().size() >= fullWanted) {
                fullWanted = -1;
            }
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The log as of the newest checkpoint. */
    PublishedLog log() {
        return newest;
    }

    @Override
    public StoredCheckpoint newest() {
        return newest.checkpoint();
    }

    @Override
    public HashSource hashes(long size) {
        return newest.hashes(size);
    }

    @Override
    public StoredCheckpoint await(long minSize, Duration limit) throws InterruptedException {
        return await(minSize, false, limit);
    }

    @Override
    public boolean failing() {
        return failing;
    }

    @Override
    public StoredCheckpoint forPack() throws InterruptedException {
        long size = tail.head().size();
        StoredCheckpoint found = await(size, true, PACK_PATIENCE);
        if (found.size() < size || !found.full()) {
            throw new CheckpointUnavailableException(
                    "no checkpoint of " + size + " entries could be made; the object store or the database fails");
        }
        return found;
    }

    private StoredCheckpoint await(long minSize, boolean full, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (left > 0) {
                StoredCheckpoint found = newest.checkpoint();
                if (found.size() >= minSize && (found.full() || !full)) {
                    return found;
                }
                if (full) {
                    fullWanted = Math.max(fullWanted, minSize);
                    tail.nudge();
                }
                left = published.awaitNanos(left);
            }
            return newest.checkpoint();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Never by an interrupt: a file channel that is in use would be closed by it.
        closing = true;
        tail.nudge();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
