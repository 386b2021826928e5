package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in PostgreSQL's binary COPY format ("Binary Format" of its COPY page), gathered whole and sent at once. */
final class CopyRows implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int HEADER_FIELDS = 8;

    private final CopyIn copy;
    private byte[] buffer = new byte[1 << 18];
    private int size;

    private CopyRows(CopyIn copy) {
        this.copy = copy;
    }

    static CopyRows begin(PGConnection connection, String sql) throws SQLException {
        CopyRows rows = new CopyRows(connection.getCopyAPI().copyIn(sql));
        System.arraycopy(SIGNATURE, 0, rows.buffer, 0, SIGNATURE.length);
        // Flags and the length of an extension, both zero.
        rows.size = SIGNATURE.length + HEADER_FIELDS;
        return rows;
    }

    static byte[] text(String value) {
        return value.getBytes(UTF_8);
    }

    void row(int columns) {
        room(Short.BYTES);
        buffer[size++] = (byte) (columns >>> 8);
        buffer[size++] = (byte) columns;
    }

    void bigint(long value) {
        room(Integer.BYTES + Long.BYTES);
        putInt(Long.BYTES);
        putLong(value);
    }

    void integer(int value) {
        room(2 * Integer.BYTES);
        putInt(Integer.BYTES);
        putInt(value);
    }

    void bytes(byte[] value) {
        room(Integer.BYTES + value.length);
        putInt(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    void end() throws SQLException {
        room(Short.BYTES);
        buffer[size++] = -1;
        buffer[size++] = -1;
        copy.writeToCopy(buffer, 0, size);
        copy.endCopy();
    }

    /** Gives up the copy if it was not ended; the transaction cannot be committed then. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void putInt(int value) {
        buffer[size++] = (byte) (value >>> 24);
        buffer[size++] = (byte) (value >>> 16);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    // One batch's rows are a megabyte or two, so they are gathered whole.
    private void room(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
