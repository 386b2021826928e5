package io.strongroom.server.ingest;

import io.strongroom.evidence.json.ByteScan;
import io.strongroom.evidence.ledger.RecordLimits;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines without copying them. A line longer than a record may be is read past, so that it spoils no
 * other. What follows the last line feed is a line unless it is empty.
 */
final class LineReader {
    private static final int BUFFER_BYTES = 2 * RecordLimits.MAX_RECORD_BYTES + 2;
    private static final int LONGEST = RecordLimits.MAX_RECORD_BYTES;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** Bytes from here to {@link #end} have been read and belong to no line yet. */
    private int next;

    private int end;
    private int offset;
    private int length;
    private boolean tooLong;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next line.
     *
     * @return false at the end of the stream
     */
    boolean next() throws IOException {
        tooLong = false;
        int searched = next;
        while (true) {
            int newline = ByteScan.find(buffer, searched, end, '\n');
            if (newline < end) {
                return line(next, newline, newline + 1);
            }
            searched = end;
            if (end - next > LONGEST) {
                return passOver();
            }
            if (end == buffer.length) {
                System.arraycopy(buffer, next, buffer, 0, end - next);
                searched -= next;
                end -= next;
                next = 0;
            }
            if (!fill()) {
                return end > next && line(next, end, end);
            }
        }
    }

    private boolean line(int from, int to, int after) {
        int last = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        offset = from;
        length = last - from;
        next = after;
        tooLong = length > LONGEST;
        return true;
    }

    private boolean passOver() throws IOException {
        tooLong = true;
        offset = 0;
        length = 0;
        while (true) {
            next = 0;
            end = 0;
            if (!fill()) {
                return true;
            }
            int newline = ByteScan.find(buffer, 0, end, '\n');
            if (newline < end) {
                next = newline + 1;
                return true;
            }
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, end, buffer.length - end);
        if (read > 0) {
            end += read;
        }
        return read >= 0;
    }

    /** Holds the line; overwritten by {@link #next()}. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether the line was too long to be a record; then nothing of it is held. */
    boolean tooLong() {
        return tooLong;
    }
}
