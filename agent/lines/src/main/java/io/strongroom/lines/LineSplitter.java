package io.strongroom.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines at {@code \n} (and takes a {@code \r} before it away), in memory that does not grow with the
 * length of a line: a line beyond {@link #MOST} bytes comes in pieces.
 */
final class LineSplitter {
    /** The longest piece, in bytes. */
    static final int MOST = 4 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private boolean inside;

    LineSplitter(InputStream in) {
        this.in = in;
    }

    /**
     * A line, or a piece of one.
     *
     * @param bytes its bytes without the line's end
     * @param begins whether the line begins here
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(byte[] bytes, boolean begins) {}

    /** The next piece; null at the end of the stream. */
    @Nullable
    Piece next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(256);
        boolean begins = !inside;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    boolean nothing = piece.size() == 0;
                    inside = false;
                    return nothing ? null : new Piece(piece.toByteArray(), begins);
                }
            }
            int newline = at;
            int stop = Math.min(end, at + MOST - piece.size());
            while (newline < stop && buffer[newline] != '\n') {
                newline++;
            }
            piece.write(buffer, at, newline - at);
            at = newline;
            if (newline < end && buffer[newline] == '\n') {
                at++;
                inside = false;
                return new Piece(withoutReturn(piece.toByteArray()), begins);
            }
            if (piece.size() == MOST) {
                inside = true;
                return new Piece(piece.toByteArray(), begins);
            }
        }
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r' ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }
}
