package io.strongroom.agent.queue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of the next batch, as the segments have them: as many as fit, up to the next notice of a loss, with which another
 * batch begins.
 *
 * @param first the sequence of the first; above the one that is next where the first is such a notice
 * @param lines none if nothing follows as it should
 */
record NextLines(long first, List<byte[]> lines) {

    /** @param cut the first sequence that is in no batch */
    static NextLines of(StreamFolder folder, long cut) throws IOException {
        List<byte[]> found = new ArrayList<>();
        long first = cut;
        long bytes = 0;
        long expected = cut;
        List<Segment> segments = folder.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (i + 1 < segments.size() && segments.get(i + 1).first() <= expected) {
                continue;
            }
            for (Frame frame : segments.get(i).read().frames()) {
                if (frame.next() <= expected || frame.lines().isEmpty()) {
                    continue;
                }
                boolean follows = frame.first() == expected && !frame.isNotice();
                boolean begins = found.isEmpty() && frame.isNotice() && frame.lost() <= expected;
                boolean fits = found.isEmpty()
                        || found.size() + frame.lines().size() <= StreamQueue.BATCH_LINES
                                && bytes + frame.lineBytes() <= StreamQueue.BATCH_BYTES;
                if (!follows && !begins || !fits) {
                    return new NextLines(first, found);
                }
                if (found.isEmpty()) {
                    first = frame.first();
                }
                found.addAll(frame.lines());
                bytes += frame.lineBytes();
                expected = frame.next();
            }
        }
        return new NextLines(first, found);
    }
}
