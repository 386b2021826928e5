package io.strongroom.agent.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a piece of a log file into events: lines, with those that go on with them. */
final class LogEvents {
    /** An event of several lines ends here at the latest. */
    private static final int MOST_EVENT_BYTES = 32 << 10;

    private LogEvents() {}

    /**
     * An event.
     *
     * @param bytes without the line feed at its end
     * @param end where in the piece the next one begins
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(byte[] bytes, int end) {}

    /**
     * Cuts.
     *
     * @param piece beginning with a line
     * @param joining whether lines that begin with a blank belong to the one before
     * @param isEnd whether nothing will be written after it any more: then the last event is whole in any case
     * @param isQuiet whether nothing was written for a while: then the last line, if it has its end, is an event
     */
    static List<Event> of(byte[] piece, boolean joining, boolean isEnd, boolean isQuiet) {
        List<Event> events = new ArrayList<>();
        int begin = 0;
        int end = 0;
        while (end < piece.length) {
            int feed = indexOfFeed(piece, end);
            if (feed < 0) {
                if (!isEnd) {
                    break;
                }
                feed = piece.length;
            }
            int next = Math.min(piece.length, feed + 1);
            boolean goesOn = joining
                    && end > begin
                    && (piece[end] == ' ' || piece[end] == '\t')
                    && next - begin <= MOST_EVENT_BYTES;
            if (end > begin && !goesOn) {
                events.add(event(piece, begin, end));
                begin = end;
            }
            end = next;
        }
        if (end > begin && (isEnd || isQuiet || !joining)) {
            events.add(event(piece, begin, end));
        }
        return events;
    }

    private static int indexOfFeed(byte[] piece, int from) {
        for (int i = from; i < piece.length; i++) {
            if (piece[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Event event(byte[] piece, int begin, int end) {
        int stop = end;
        if (stop > begin && piece[stop - 1] == '\n') {
            stop--;
        }
        if (stop > begin && piece[stop - 1] == '\r') {
            stop--;
        }
        return new Event(Arrays.copyOfRange(piece, begin, stop), end);
    }
}
