package io.strongroom.agent.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The lines of a stream that are in no batch, as its segments have them: read one by one, and mended where they were torn or
 * damaged, so that afterwards each frame follows the one before it or says what is lost in between. Mending twice changes
 * nothing more.
 */
final class Stock {
    private final StreamFolder folder;
    private final long cut;
    private final BiFunction<Long, Long, Frame> notices;

    private final Map<String, String> positions = new LinkedHashMap<>();
    private long next;
    private long lines;
    private long bytes;
    private boolean lostTail;

    private Stock(StreamFolder folder, long cut, BiFunction<Long, Long, Frame> notices) {
        this.folder = folder;
        this.cut = cut;
        this.notices = notices;
        this.next = cut;
    }

    /**
     * Looks through the segments, and mends them.
     *
     * @param cut the first sequence that is in no batch
     * @param notices makes the frame that says that lines from the one to the other are lost
     */
    static Stock take(StreamFolder folder, long cut, BiFunction<Long, Long, Frame> notices) throws IOException {
        Stock stock = new Stock(folder, cut, notices);
        for (Segment segment : folder.segments()) {
            stock.take(segment);
        }
        return stock;
    }

    private void take(Segment segment) throws IOException {
        long from = next;
        Segment.Content content = segment.read();
        List<Frame> kept = new ArrayList<>();
        boolean changed = content.damaged() > 0;
        for (Frame frame : content.frames()) {
            if (!frame.key().isEmpty()) {
                positions.put(frame.key(), frame.position());
            }
            if (frame.next() <= next || frame.lines().isEmpty()) {
                // In a batch already, or given up before its file could be removed: only how far it came counts.
                changed |= frame.next() > cut && !frame.lines().isEmpty();
                if (!frame.key().isEmpty()) {
                    kept.add(Frame.position(next, frame.key(), frame.position()));
                }
                continue;
            }
            if (frame.first() > next && !(frame.isNotice() && frame.lost() <= next)) {
                add(notices.apply(next, frame.first() - 1), kept);
                changed = true;
            }
            boolean begun = frame.first() < next;
            changed |= begun;
            add(begun ? frame.from(next) : frame, kept);
        }
        boolean lost = content.damaged() > 0 && !content.torn();
        if (lost) {
            folder.setAside(segment.path());
        }
        // Only what is at the very end leaves no hole by which it would be missed.
        lostTail = lost && content.endsDamaged();
        if (from > cut && segment.first() < from) {
            rename(segment, from, kept);
        } else if (changed) {
            segment.write(kept);
        }
    }

    /**
     * Gives a segment the name of the first sequence that it may have. What takes the place of lines that are given up stands
     * beside them if a kill came before they went: by its name alone it would be taken for what follows on the lines before
     * it, and they would go with the first batch that reaches it.
     */
    private void rename(Segment segment, long first, List<Frame> kept) throws IOException {
        if (kept.stream().anyMatch(frame -> !frame.lines().isEmpty())) {
            Segment.in(folder.lines(), first).write(kept);
        }
        Files.delete(segment.path());
    }

    private void add(Frame frame, List<Frame> kept) {
        kept.add(frame);
        lines += frame.lines().size();
        bytes += frame.lineBytes();
        next = frame.next();
    }

    /** The newest of each key. */
    Map<String, String> positions() {
        return positions;
    }

    /** The sequence of the next line. */
    long next() {
        return next;
    }

    /** How many lines are in no batch. */
    long lines() {
        return lines;
    }

    /** Theirs. */
    long bytes() {
        return bytes;
    }

    /** Whether the end of the newest segment could not be read, so that nobody knows how many lines it had. */
    boolean lostTail() {
        return lostTail;
    }
}
