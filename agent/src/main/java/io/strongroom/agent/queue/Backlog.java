package io.strongroom.agent.queue;

import io.strongroom.api.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream that are in no batch yet: in segments on disk, with how far each collector has come; in memory only
 * how many there are. Guarded by its {@link StreamQueue}, which says from which sequence on lines are in no batch.
 */
final class Backlog {
    private static final long NOTHING_WAITS = -1;

    private final StreamFolder folder;
    private final StreamClass kind;
    private final Function<Gap, byte[]> notices;
    private final LongSupplier nanos;
    private final Map<String, String> positions = new LinkedHashMap<>();

    private long next;
    private long lines;
    private long bytes;
    private long waitingSince = NOTHING_WAITS;
    private @Nullable SegmentWriter active;

    /** Knows nothing before {@link #takeStock}. */
    Backlog(StreamFolder folder, StreamClass kind, Function<Gap, byte[]> notices, LongSupplier nanos) {
        this.folder = folder;
        this.kind = kind;
        this.notices = notices;
        this.nanos = nanos;
    }

    /** Reads what is on disk, and mends it. */
    void takeStock(long cut) throws IOException {
        close();
        Stock stock = Stock.take(
                folder,
                cut,
                (first, last) -> Frame.notice(
                        first, last, notices.apply(new Gap(first, last, GapCause.DAMAGED, null)), Frame.Kind.NOTICE));
        positions.putAll(stock.positions());
        next = stock.next();
        lines = stock.lines();
        bytes = stock.bytes();
        waitingSince = NOTHING_WAITS;
        hurry();
        if (stock.lostTail()) {
            append(List.of(notices.apply(new Gap(next, next - 1, GapCause.DAMAGED, null))), null, null);
        }
    }

    /** The sequence that the next line gets. */
    long next() {
        return next;
    }

    long lines() {
        return lines;
    }

    Map<String, String> positions() {
        return positions;
    }

    /** Whether somebody took the folder away, as far as that has to be known before something is appended. */
    boolean isGone() {
        SegmentWriter writer = active;
        if (writer != null && !writer.isFull()) {
            return false;
        }
        return writer != null && writer.isGone() || !Files.exists(folder.lines());
    }

    /** See {@link StreamQueue#append}. */
    void append(List<byte[]> more, @Nullable String key, @Nullable String position) throws IOException {
        Frame frame = Frame.lines(next, more, key, position);
        writer().append(frame);
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
            close();
        }
        if (active == null) {
            active = SegmentWriter.begin(folder.lines(), next, positions);
        }
        return active;
    }

    /**
     * Puts what was appended on disk.
     *
     * @return false if that was taken away meanwhile
     */
    boolean sync() throws IOException {
        if (active == null) {
            return true;
        }
        active.sync();
        return !active.isGone();
    }

    /** Whether it is time for a batch. */
    boolean isDue() {
        return lines >= StreamQueue.BATCH_LINES
                || bytes >= StreamQueue.BATCH_BYTES
                || waitingSince != NOTHING_WAITS && nanos.getAsLong() - waitingSince >= kind.waitMillis() * 1_000_000;
    }

    /** Has it be time for one. */
    void hurry() {
        if (lines > 0) {
            waitingSince = nanos.getAsLong() - kind.waitMillis() * 1_000_000;
        }
    }

    /**
     * These lines are in a batch now. Removes segments of which every line is; the newest stays, for it has the positions.
     *
     * @param cut the first sequence that is in none
     */
    void cut(List<byte[]> gone, long cut) throws IOException {
        count(gone.size(), gone.stream().mapToLong(line -> line.length + 1L).sum());
        waitingSince = lines == 0 ? NOTHING_WAITS : nanos.getAsLong();
        List<Segment> segments = folder.segments();
        for (int i = 0; i + 1 < segments.size() && segments.get(i + 1).first() <= cut; i++) {
            Files.deleteIfExists(segments.get(i).path());
        }
    }

    private void count(long fewerLines, long fewerBytes) {
        lines -= fewerLines;
        bytes = Math.max(0, bytes - fewerBytes);
    }

    /** See {@link StreamQueue#evict}. */
    boolean evict(long cut, GapCause cause) throws IOException {
        close();
        return count(new Eviction(folder, cut, positions).evict(notices::apply, cause));
    }

    /** See {@link StreamQueue#thin}. */
    boolean thin(long cut) throws IOException {
        close();
        return count(new Eviction(folder, cut, positions).thin(notices::apply));
    }

    private boolean count(Optional<Eviction.Freed> freed) {
        freed.ifPresent(each -> count(each.lines(), each.bytes()));
        return freed.isPresent();
    }

    /** See {@link StreamQueue#oldestMillis}. */
    long oldestMillis(long cut) throws IOException {
        if (lines == 0) {
            return Long.MAX_VALUE;
        }
        List<Segment> segments = folder.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (i + 1 == segments.size() || segments.get(i + 1).first() > cut) {
                return Files.getLastModifiedTime(segments.get(i).path()).toMillis();
            }
        }
        return Long.MAX_VALUE;
    }

    /** What it takes on disk. */
    long diskBytes() throws IOException {
        long sum = 0;
        for (Segment segment : folder.segments()) {
            sum += Files.size(segment.path());
        }
        return sum;
    }

    /** Closes the segment that is written; the next line begins another. */
    void close() throws IOException {
        SegmentWriter closing = active;
        active = null;
        if (closing != null) {
            closing.close();
        }
    }
}
