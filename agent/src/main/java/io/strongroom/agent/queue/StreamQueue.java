package io.strongroom.agent.queue;

import io.strongroom.api.GapCause;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one stream: lines in segments, and the one batch that is sent next. Opens whatever it finds on disk. For any
 * number of threads.
 *
 * <p>Order on disk, where a kill may fall between any two: lines; the batch; the state that says that they are in it; the
 * mark outside of the queue. After an acknowledgement: state, mark, then the batch and the segments go.
 */
public final class StreamQueue implements AutoCloseable {
    /** A batch is cut at so many lines, or so many bytes of them. */
    static final int BATCH_LINES = 500;

    static final long BATCH_BYTES = 256 << 10;

    /** Most bytes of lines that are appended at once. */
    public static final int MOST_AT_ONCE = 256 << 10;

    private final StreamName stream;
    private final StreamClass kind;
    private final StreamFolder folder;
    private final SentBatches sent;
    private final Notices notices;
    private final Sealing sealing;
    private final Backlog backlog;

    private StreamState state;
    private @Nullable CutBatch batch;
    private boolean rotating;

    private StreamQueue(
            StreamName stream,
            StreamFolder folder,
            StreamState state,
            Notices notices,
            Sealing sealing,
            LongSupplier nanos) {
        this.stream = stream;
        this.kind = StreamClass.of(stream);
        this.folder = folder;
        this.sent = new SentBatches(folder.sent());
        this.state = state;
        this.notices = notices;
        this.sealing = sealing;
        this.backlog = new Backlog(folder, kind, this::noticeLine, nanos);
    }

    /**
     * Opens it, or creates it.
     *
     * @throws IOException if the folder can be neither read nor written
     */
    static StreamQueue open(
            StreamName stream, StreamFolder folder, Notices notices, Sealing sealing, LongSupplier nanos)
            throws IOException {
        boolean wasThere = Files.exists(folder.queue());
        folder.prepare();
        StreamState mark = StreamState.read(folder.mark()).orElse(null);
        StreamState own = StreamState.read(folder.state()).orElse(null);
        StreamState state = own != null ? own : mark != null && wasThere ? mark : null;
        StreamState known = state != null ? state : StreamState.unknown();
        StreamQueue queue = new StreamQueue(stream, folder, known, notices, sealing, nanos);
        queue.start(state, mark);
        return queue;
    }

    private synchronized void start(@Nullable StreamState found, @Nullable StreamState mark) throws IOException {
        if (found == null) {
            if (mark == null && folder.segments().isEmpty() && !Files.exists(folder.batch())) {
                state = StreamState.begin("");
                saveState();
                return;
            }
            StreamState last = mark == null ? state : mark;
            rebirth(
                    last.acknowledged(),
                    new Gap(last.acknowledged(), last.cut() - 1, GapCause.QUEUE_LOST, last.epoch()),
                    last);
            return;
        }
        boolean readable = readBatch();
        if (mark != null && mark.isAheadOf(state)) {
            long from = mark.epoch().equals(state.epoch()) ? mark.acknowledged() : state.acknowledged();
            rebirth(from, new Gap(from, from - 1, GapCause.QUEUE_RESTORED, state.epoch()), mark);
            return;
        }
        if (!readable || batch == null && state.acknowledged() < state.cut()) {
            Gap gap = new Gap(state.acknowledged(), state.cut() - 1, GapCause.DAMAGED, state.epoch());
            rebirth(state.acknowledged(), gap, state);
            return;
        }
        saveState();
        backlog.takeStock(state.cut());
    }

    /** Reads the batch file, if there is one; false if it is not what was written. */
    private boolean readBatch() throws IOException {
        batch = null;
        if (!Files.exists(folder.batch())) {
            return true;
        }
        CutBatch read =
                BatchFile.read(folder.batch()).map(BatchFile.Read::batch).orElse(null);
        if (read == null) {
            folder.setAside(folder.batch());
            return false;
        }
        if (!read.epoch().equals(state.epoch())) {
            return false;
        }
        if (read.last() < state.acknowledged()) {
            Files.delete(folder.batch());
            return true;
        }
        if (read.first() < state.acknowledged()) {
            return false;
        }
        batch = read;
        state = state.cut(read);
        return true;
    }

    private byte[] noticeLine(Gap gap) {
        return notices.line(stream, gap.epoch() == null ? gap.in(state.epoch()) : gap);
    }

    private void rebirth(long unacknowledged, Gap why, StreamState last) throws IOException {
        backlog.close();
        StreamState begin = StreamState.begin(last.epoch());
        Rebirth.of(folder, begin, unacknowledged, why, backlog.positions(), this::noticeLine);
        state = begin;
        batch = null;
        state.write(folder.mark());
        backlog.takeStock(state.cut());
    }

    private void saveState() throws IOException {
        state.write(folder.state());
        state.write(folder.mark());
    }

    /**
     * Takes lines in, and with them how far their collector has come: both or neither. They are on disk after the next
     * {@link #sync}.
     *
     * @param more without line feeds; at most {@link #MOST_AT_ONCE} bytes, but for a single line
     * @param key whose position; null for nobody's
     * @throws IOException if they cannot be written; then nothing of it was taken in
     */
    public synchronized void append(List<byte[]> more, @Nullable String key, @Nullable String position)
            throws IOException {
        // Where the queue was taken away, it begins anew here, and the next sequence is another.
        if (backlog.isGone()) {
            lost();
        }
        backlog.append(more, key, position);
    }

    /** Somebody took the queue away while it was in use. */
    private void lost() throws IOException {
        Gap gap = new Gap(state.acknowledged(), backlog.next() - 1, GapCause.QUEUE_LOST, state.epoch());
        rebirth(state.acknowledged(), gap, state);
    }

    /** How far a collector had come with what is in the queue, or was. */
    public synchronized Optional<String> position(String key) {
        return Optional.ofNullable(backlog.positions().get(key));
    }

    /** Returns once all that was appended is on disk. */
    public synchronized void sync() throws IOException {
        if (!backlog.sync()) {
            lost();
        }
    }

    /** The batch to send: the one that was cut last and is not acknowledged, or a new one if it is time for one. */
    public synchronized Optional<CutBatch> next() throws IOException {
        if (batch != null) {
            return Optional.of(batch);
        }
        if (!backlog.isDue()) {
            return Optional.empty();
        }
        sync();
        NextLines found = collect();
        return found.lines().isEmpty() ? Optional.empty() : Optional.of(cut(found));
    }

    private NextLines collect() throws IOException {
        NextLines found = NextLines.of(folder, state.cut());
        if (found.lines().isEmpty() && backlog.lines() > 0) {
            // It is not there as it was written.
            if (folder.segments().isEmpty()) {
                lost();
            } else {
                backlog.takeStock(state.cut());
            }
            found = NextLines.of(folder, state.cut());
        }
        return found;
    }

    private CutBatch cut(NextLines found) throws IOException {
        List<byte[]> cut = found.lines();
        CutBatch made = BatchFile.sign(stream, state.epoch(), found.first(), cut, state.last(), sealing);
        BatchFile.write(folder.batch(), made);
        batch = made;
        state = state.cut(made);
        saveState();
        backlog.cut(cut, state.cut());
        return made;
    }

    /** The appliance has the batch durably. */
    public synchronized void acknowledge(CutBatch settled) throws IOException {
        if (batch == null || !batch.digest().equals(settled.digest())) {
            return;
        }
        state = state.acknowledged(settled);
        batch = null;
        saveState();
        sent.keep(folder.batch(), settled);
        if (rotating) {
            rotate();
        }
    }

    /** What there is to send is sent at once. */
    public synchronized void hurry() {
        backlog.hurry();
    }

    /**
     * Begins a new epoch once no batch is under way: now, or with the acknowledgement of the one that is. Nothing comes twice.
     */
    public synchronized void rotate() throws IOException {
        rotating = batch != null;
        if (!rotating) {
            sync();
            Gap gap = new Gap(state.acknowledged(), state.acknowledged() - 1, GapCause.ROTATED, state.epoch());
            rebirth(state.acknowledged(), gap, state);
        }
    }

    /** Does not begin one after all, if it has not yet. */
    public synchronized void rotateNot() {
        rotating = false;
    }

    /**
     * What is here of these sequences: batches that were sent, in their order, and what is still to be sent by itself.
     *
     * @param epoch 32 hex digits
     */
    public synchronized Kept kept(String which, long first, long last) throws IOException {
        List<CutBatch> found = new ArrayList<>(sent.find(which, first, last));
        boolean current = which.equals(state.epoch());
        if (current && batch != null && batch.first() <= last && batch.last() >= first) {
            found.add(batch);
        }
        return new Kept(found, current ? state.cut() : Long.MAX_VALUE, current ? backlog.next() : 0);
    }

    /**
     * What is left of a range.
     *
     * @param batches that were sent and overlap it
     * @param waitingFrom the first sequence that is in no batch yet
     * @param waitingTo the sequence after the last of these
     */
    public record Kept(List<CutBatch> batches, long waitingFrom, long waitingTo) {
        public Kept {
            batches = List.copyOf(batches);
        }
    }

    /** Gives up what was acknowledged. */
    synchronized boolean forgetSent() throws IOException {
        return sent.clear();
    }

    /** What is kept of what was acknowledged, in bytes. */
    synchronized long sentBytes() throws IOException {
        return sent.bytes();
    }

    /** The appliance does not take the batch in its place, and never will: what is here gets new places. */
    public synchronized void beginAnew() throws IOException {
        sync();
        Gap gap = new Gap(state.acknowledged(), state.acknowledged() - 1, GapCause.CONFLICT, state.epoch());
        rebirth(state.acknowledged(), gap, state);
    }

    public StreamName stream() {
        return stream;
    }

    StreamClass kind() {
        return kind;
    }

    /** Its epoch, 32 hex digits. */
    public synchronized String epoch() {
        return state.epoch();
    }

    /** How many lines are not acknowledged. */
    public synchronized long depth() {
        return backlog.lines() + (batch == null ? 0 : batch.lines());
    }

    /** What it takes on disk, in bytes. */
    public synchronized long diskBytes() throws IOException {
        return backlog.diskBytes() + (batch == null ? 0 : batch.frame().length);
    }

    /**
     * Makes room: gives up the oldest segment of lines that are in no batch. A line says so.
     *
     * @return whether anything was given up
     */
    synchronized boolean evict(GapCause cause) throws IOException {
        return backlog.evict(state.cut(), cause);
    }

    /** Makes room by keeping every second line of a segment, where half is better than none. A line says so. */
    synchronized boolean thin() throws IOException {
        return kind.thins() && backlog.thin(state.cut());
    }

    /** When the oldest line that is in no batch was written, in milliseconds since 1970; the largest number if there is none. */
    synchronized long oldestMillis() throws IOException {
        return backlog.oldestMillis(state.cut());
    }

    @Override
    public synchronized void close() throws IOException {
        backlog.close();
    }
}
