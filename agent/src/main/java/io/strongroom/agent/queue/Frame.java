package io.strongroom.agent.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a segment at once, and is there whole or not at all: some lines, and how far their collector has come
 * with them. So a collector that goes on from its position neither loses a line nor gives one twice.
 *
 * <pre>
 * "SQ" ‖ uint32 length ‖ uint32 CRC32C ‖ body
 * body: int64 first ‖ int64 lost ‖ uint8 kind ‖ uint16 n ‖ key ‖ uint16 n ‖ position ‖ uint16 count ‖ (uint32 n ‖ line)*
 * </pre>
 *
 * @param first sequence of the first line; of the next one if there is none
 * @param lost with a notice, the first sequence that it says is lost; else {@code first}
 * @param kind what kind of frame
 * @param key whose position; empty for nobody's
 * @param position how far; in the collector's own words
 * @param lines without line feeds
 */
record Frame(long first, long lost, Kind kind, String key, String position, List<byte[]> lines) {
    static final int HEADER = 10;
    static final int MOST_BODY = 4 << 20;
    private static final short MAGIC = 0x5351;
    private static final int LEAST_BODY = 23;

    enum Kind {
        LINES,
        /** One line that says what is lost before it: a batch begins with it. */
        NOTICE,
        /** Likewise, and every second line after it in the segment was kept. */
        THINNED
    }

    static Frame lines(long first, List<byte[]> lines, @Nullable String key, @Nullable String position) {
        return new Frame(
                first, first, Kind.LINES, key == null ? "" : key, position == null ? "" : position, List.copyOf(lines));
    }

    static Frame position(long next, String key, String position) {
        return new Frame(next, next, Kind.LINES, key, position, List.of());
    }

    /** The line stands in the last of the lost places. */
    static Frame notice(long lost, long at, byte[] line, Kind kind) {
        return new Frame(at, lost, kind, "", "", List.of(line));
    }

    /** The sequence after its lines. */
    long next() {
        return first + lines.size();
    }

    boolean isNotice() {
        return kind != Kind.LINES;
    }

    /** Its lines from that sequence on. */
    Frame from(long sequence) {
        return new Frame(
                sequence, sequence, Kind.LINES, key, position, lines.subList((int) (sequence - first), lines.size()));
    }

    long lineBytes() {
        long sum = 0;
        for (byte[] line : lines) {
            sum += line.length + 1;
        }
        return sum;
    }

    byte[] toBytes() {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] positionBytes = position.getBytes(StandardCharsets.UTF_8);
        int size = LEAST_BODY + keyBytes.length + positionBytes.length;
        for (byte[] line : lines) {
            size = Math.addExact(size, Integer.BYTES + line.length);
        }
        if (size > MOST_BODY || keyBytes.length > 0xffff || positionBytes.length > 0xffff || lines.size() > 0xffff) {
            throw new IllegalArgumentException("more than a frame of the queue may have");
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER + size);
        out.putShort(MAGIC).putInt(size).putInt(0);
        out.putLong(first).putLong(lost).put((byte) kind.ordinal());
        out.putShort((short) keyBytes.length).put(keyBytes);
        out.putShort((short) positionBytes.length).put(positionBytes);
        out.putShort((short) lines.size());
        for (byte[] line : lines) {
            out.putInt(line.length).put(line);
        }
        byte[] bytes = out.array();
        out.putInt(Short.BYTES + Integer.BYTES, crc(bytes, HEADER, size));
        return bytes;
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Whether the bytes from there on may be the beginning of a frame that was cut off by their end. */
    static boolean isTorn(byte[] bytes, int from) {
        int there = bytes.length - from;
        boolean zeros = true;
        for (int i = from; i < bytes.length && zeros; i++) {
            zeros = bytes[i] == 0;
        }
        if (zeros || there < HEADER) {
            return true;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, from, there);
        return in.getShort() == MAGIC && in.getInt() >= there - HEADER;
    }

    /** The length of the whole frame that begins there; 0 if none does. */
    static int sizeAt(byte[] bytes, int from) {
        if (bytes.length - from < HEADER + LEAST_BODY) {
            return 0;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        if (in.getShort() != MAGIC) {
            return 0;
        }
        int size = in.getInt();
        int crc = in.getInt();
        return size >= LEAST_BODY && size <= in.remaining() && crc(bytes, from + HEADER, size) == crc
                ? HEADER + size
                : 0;
    }

    /** The frame that begins there; null if none does. */
    static @Nullable Frame at(byte[] bytes, int from) {
        int whole = sizeAt(bytes, from);
        if (whole == 0) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, from + HEADER, whole - HEADER);
        try {
            long first = in.getLong();
            long lost = in.getLong();
            int kind = in.get();
            String key = text(in, in.getShort() & 0xffff);
            String position = text(in, in.getShort() & 0xffff);
            int count = in.getShort() & 0xffff;
            List<byte[]> lines = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                byte[] line = new byte[in.getInt()];
                in.get(line);
                lines.add(line);
            }
            boolean good = !in.hasRemaining() && first >= 0 && lost >= 0 && lost <= first && kind >= 0;
            return good && kind < Kind.values().length
                    ? new Frame(first, lost, Kind.values()[kind], key, position, List.copyOf(lines))
                    : null;
        } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
