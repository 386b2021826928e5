package io.strongroom.agent.queue;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.GapCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream's queue a new epoch: all lines that can be read and are not known to be acknowledged get new sequences, from
 * 0, behind a line that says why. For a queue that was lost, set back, or is at odds with the appliance. The old one stays
 * until the new one is whole; in memory there is a segment at a time.
 */
final class Rebirth {
    private static final int MOST_LINES = 200;
    private static final long MOST_BYTES = 128 << 10;

    private final StreamFolder from;
    private final StreamFolder to;
    private final Map<String, String> positions;
    private final NoticeLine notices;
    private final List<byte[]> waiting = new ArrayList<>();
    private long waitingBytes;
    private long next;
    private @Nullable SegmentWriter writer;

    private Rebirth(StreamFolder from, Map<String, String> positions, NoticeLine notices) {
        this.from = from;
        this.to = from.replacement();
        this.positions = new LinkedHashMap<>(positions);
        this.notices = notices;
    }

    /** Makes the line that says what is lost. */
    @FunctionalInterface
    interface NoticeLine {
        byte[] line(Gap gap);
    }

    /**
     * Does it.
     *
     * @param begin the state of the new epoch
     * @param unacknowledged the first sequence of the old epoch that may not be at the appliance
     * @param why the first line
     * @param positions that are known besides those in the segments
     */
    static void of(
            StreamFolder folder,
            StreamState begin,
            long unacknowledged,
            Gap why,
            Map<String, String> positions,
            NoticeLine notices)
            throws IOException {
        Rebirth rebirth = new Rebirth(folder, positions, notices);
        DurableFile.removeFolder(rebirth.to.queue());
        DurableFile.createFolder(rebirth.to.lines());
        try {
            rebirth.write(unacknowledged, why);
        } finally {
            if (rebirth.writer != null) {
                rebirth.writer.close();
            }
        }
        begin.write(rebirth.to.state());
        if (java.nio.file.Files.exists(folder.queue())) {
            folder.replace();
        } else {
            folder.prepare();
        }
    }

    private void write(long unacknowledged, Gap why) throws IOException {
        take(notices.line(why));
        long expected = unacknowledged;
        Optional<BatchFile.Read> batch =
                java.nio.file.Files.exists(from.batch()) ? BatchFile.read(from.batch()) : Optional.empty();
        if (batch.isPresent() && batch.get().batch().last() >= expected) {
            // Of another epoch its sequences say nothing about the segments: better twice than not at all.
            boolean ofThese = StreamState.isSame(batch.get().batch().epoch(), String.valueOf(why.epoch()));
            expected = ofThese ? takeSegments(expected, batch.get().batch().first() - 1, why) : expected;
            for (byte[] line : batch.get().lines()) {
                take(line);
            }
            expected = ofThese ? batch.get().batch().last() + 1 : expected;
        }
        long unused = takeSegments(expected, Long.MAX_VALUE, why);
        flush();
    }

    /** All lines of these sequences that are there; gives the sequence after the last of them. */
    private long takeSegments(long first, long last, Gap why) throws IOException {
        long expected = first;
        for (Segment segment : from.segments()) {
            for (Frame frame : segment.read().frames()) {
                if (!frame.key().isEmpty()) {
                    positions.put(frame.key(), frame.position());
                }
                for (int i = 0; i < frame.lines().size(); i++) {
                    long sequence = frame.first() + i;
                    if (sequence < expected || sequence > last) {
                        continue;
                    }
                    if (sequence > expected && !frame.isNotice()) {
                        take(notices.line(new Gap(expected, sequence - 1, GapCause.DAMAGED, why.epoch())));
                    }
                    take(frame.lines().get(i));
                    expected = sequence + 1;
                }
            }
        }
        return expected;
    }

    private void take(byte[] line) throws IOException {
        if (waiting.size() == MOST_LINES || waitingBytes + line.length > MOST_BYTES) {
            flush();
        }
        waiting.add(line);
        waitingBytes += line.length;
    }

    private void flush() throws IOException {
        SegmentWriter current = writer;
        if (current == null || current.isFull()) {
            if (current != null) {
                current.close();
            }
            current = SegmentWriter.begin(to.lines(), next, positions);
            writer = current;
        }
        current.append(Frame.lines(next, waiting, null, null));
        for (Map.Entry<String, String> position : positions.entrySet()) {
            current.append(Frame.position(next + waiting.size(), position.getKey(), position.getValue()));
        }
        next += waiting.size();
        waiting.clear();
        waitingBytes = 0;
    }
}
