package io.strongroom.agent.queue;

import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final long NOTHING_WAITS = -1;

    private final StreamName stream;
    private final StreamClass kind;
    private final StreamFolder folder;
    private final SentBatches sent;
    private final Notices notices;
    private final Sealing sealing;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();

    private StreamState state;
    private @Nullable CutBatch batch;
    private final Map<String, String> positions = new LinkedHashMap<>();
    private long next;
    private long lines;
    private long bytes;
    private long waitingSince = NOTHING_WAITS;
    private boolean rotating;
    private @Nullable SegmentWriter active;

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
        this.nanos = nanos;
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
        StreamState known = state != null ? state : StreamState.fresh(new byte[16], "");
        StreamQueue queue = new StreamQueue(stream, folder, known, notices, sealing, nanos);
        queue.start(state, mark);
        return queue;
    }

    private synchronized void start(@Nullable StreamState found, @Nullable StreamState mark) throws IOException {
        if (found == null) {
            if (mark == null && folder.segments().isEmpty() && !Files.exists(folder.batch())) {
                state = fresh("");
                saveState();
                return;
            }
            StreamState last = mark == null ? state : mark;
            rebirth(
                    last.acknowledged(),
                    new Gap(last.acknowledged(), last.cut() - 1, Gap.QUEUE_LOST, last.epoch()),
                    last);
            return;
        }
        boolean readable = readBatch();
        if (mark != null && mark.isAheadOf(state)) {
            long from = mark.epoch().equals(state.epoch()) ? mark.acknowledged() : state.acknowledged();
            rebirth(from, new Gap(from, from - 1, Gap.QUEUE_RESTORED, state.epoch()), mark);
            return;
        }
        if (!readable || batch == null && state.acknowledged() < state.cut()) {
            Gap gap = new Gap(state.acknowledged(), state.cut() - 1, Gap.DAMAGED, state.epoch());
            rebirth(state.acknowledged(), gap, state);
            return;
        }
        saveState();
        takeStock();
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

    private void takeStock() throws IOException {
        closeActive();
        Stock stock = Stock.take(
                folder,
                state.cut(),
                (first, last) -> Frame.notice(
                        first, last, noticeLine(new Gap(first, last, Gap.DAMAGED, null)), Frame.Kind.NOTICE));
        positions.putAll(stock.positions());
        next = stock.next();
        lines = stock.lines();
        bytes = stock.bytes();
        waitingSince = lines == 0 ? NOTHING_WAITS : nanos.getAsLong() - kind.waitMillis() * 1_000_000;
        if (stock.lostTail()) {
            append(List.of(noticeLine(new Gap(next, next - 1, Gap.DAMAGED, null))), null, null);
        }
    }

    private byte[] noticeLine(Gap gap) {
        return notices.line(stream, gap.epoch() == null ? gap.in(state.epoch()) : gap);
    }

    private StreamState fresh(String before) {
        byte[] epoch = new byte[16];
        random.nextBytes(epoch);
        return StreamState.fresh(epoch, before);
    }

    private void rebirth(long unacknowledged, Gap why, StreamState last) throws IOException {
        closeActive();
        StreamState begin = fresh(last.epoch());
        Rebirth.of(folder, begin, unacknowledged, why, positions, this::noticeLine);
        state = begin;
        batch = null;
        state.write(folder.mark());
        takeStock();
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
        SegmentWriter writer = writer();
        Frame frame = Frame.lines(next, more, key, position);
        writer.append(frame);
        if (key != null && position != null) {
            positions.put(key, position);
        }
        next = frame.next();
        lines += more.size();
        bytes += frame.lineBytes();
        if (waitingSince == NOTHING_WAITS && !more.isEmpty()) {
            waitingSince = nanos.getAsLong();
        }
    }

    private SegmentWriter writer() throws IOException {
        if (active != null && active.isFull()) {
            if (active.isGone()) {
                lost();
            }
            closeActive();
        }
        if (active == null) {
            if (!Files.exists(folder.lines())) {
                lost();
            }
            active = SegmentWriter.begin(folder.lines(), next, positions);
        }
        return active;
    }

    /** Somebody took the queue away while it was in use. */
    private void lost() throws IOException {
        Gap gap = new Gap(state.acknowledged(), next - 1, Gap.QUEUE_LOST, state.epoch());
        rebirth(state.acknowledged(), gap, state);
    }

    private void closeActive() throws IOException {
        SegmentWriter closing = active;
        active = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** How far a collector had come with what is in the queue, or was. */
    public synchronized Optional<String> position(String key) {
        return Optional.ofNullable(positions.get(key));
    }

    /** Returns once all that was appended is on disk. */
    public synchronized void sync() throws IOException {
        if (active != null) {
            active.sync();
            if (active.isGone()) {
                lost();
            }
        }
    }

    /** The batch to send: the one that was cut last and is not acknowledged, or a new one if it is time for one. */
    public synchronized Optional<CutBatch> next() throws IOException {
        if (batch != null) {
            return Optional.of(batch);
        }
        if (!isDue()) {
            return Optional.empty();
        }
        sync();
        NextLines found = collect();
        return found.lines().isEmpty() ? Optional.empty() : Optional.of(cut(found));
    }

    private boolean isDue() {
        return lines >= BATCH_LINES
                || bytes >= BATCH_BYTES
                || waitingSince != NOTHING_WAITS && nanos.getAsLong() - waitingSince >= kind.waitMillis() * 1_000_000;
    }

    private NextLines collect() throws IOException {
        NextLines found = NextLines.of(folder, state.cut());
        if (found.lines().isEmpty() && lines > 0) {
            // It is not there as it was written.
            if (folder.segments().isEmpty()) {
                lost();
            } else {
                takeStock();
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
        lines -= cut.size();
        bytes = Math.max(
                0, bytes - cut.stream().mapToLong(line -> line.length + 1L).sum());
        waitingSince = lines == 0 ? NOTHING_WAITS : nanos.getAsLong();
        removeCut();
        return made;
    }

    /** Removes segments of which every line is in a batch; the newest stays, for it has the positions. */
    private void removeCut() throws IOException {
        List<Segment> segments = folder.segments();
        for (int i = 0; i + 1 < segments.size() && segments.get(i + 1).first() <= state.cut(); i++) {
            Files.deleteIfExists(segments.get(i).path());
        }
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
        if (lines > 0) {
            waitingSince = nanos.getAsLong() - kind.waitMillis() * 1_000_000;
        }
    }

    /**
     * Begins a new epoch once no batch is under way: now, or with the acknowledgement of the one that is. Nothing comes twice.
     */
    public synchronized void rotate() throws IOException {
        rotating = batch != null;
        if (!rotating) {
            sync();
            Gap gap = new Gap(state.acknowledged(), state.acknowledged() - 1, Gap.ROTATED, state.epoch());
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
        return new Kept(found, current ? state.cut() : Long.MAX_VALUE, current ? next : 0);
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
        Gap gap = new Gap(state.acknowledged(), state.acknowledged() - 1, Gap.CONFLICT, state.epoch());
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
        return lines + (batch == null ? 0 : batch.lines());
    }

    /** What it takes on disk, in bytes. */
    public synchronized long diskBytes() throws IOException {
        long sum = batch == null ? 0 : batch.frame().length;
        for (Segment segment : folder.segments()) {
            sum += Files.size(segment.path());
        }
        return sum;
    }

    /**
     * Makes room: gives up the oldest segment of lines that are in no batch. A line says so.
     *
     * @return whether anything was given up
     */
    synchronized boolean evict(String cause) throws IOException {
        closeActive();
        Optional<Eviction.Freed> freed =
                new Eviction(folder, state.cut(), positions).evict(gap -> noticeLine(gap), cause);
        freed.ifPresent(this::count);
        return freed.isPresent();
    }

    /** Makes room by keeping every second line of a segment, where half is better than none. A line says so. */
    synchronized boolean thin() throws IOException {
        if (!kind.thins()) {
            return false;
        }
        closeActive();
        Optional<Eviction.Freed> freed = new Eviction(folder, state.cut(), positions).thin(gap -> noticeLine(gap));
        freed.ifPresent(this::count);
        return freed.isPresent();
    }

    private void count(Eviction.Freed freed) {
        lines -= freed.lines();
        bytes = Math.max(0, bytes - freed.bytes());
    }

    /** When the oldest line that is in no batch was written, in milliseconds since 1970; the largest number if there is none. */
    synchronized long oldestMillis() throws IOException {
        if (lines == 0) {
            return Long.MAX_VALUE;
        }
        List<Segment> segments = folder.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (i + 1 == segments.size() || segments.get(i + 1).first() > state.cut()) {
                return Files.getLastModifiedTime(segments.get(i).path()).toMillis();
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public synchronized void close() throws IOException {
        closeActive();
    }
}
