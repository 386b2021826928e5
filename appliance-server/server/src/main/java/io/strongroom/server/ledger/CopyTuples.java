package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows to PostgreSQL in the binary form of {@code COPY} (PostgreSQL's documentation, COPY, "Binary Format"). One
 * buffer serves all copies.
 *
 * <p>Owned by one thread; one copy at a time.
 */
final class CopyTuples {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int FLUSH_BYTES = 64 * 1024;
    private static final long POSTGRES_EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private final PackedBytes buffer = new PackedBytes(2 * FLUSH_BYTES);

    /** Writes the rows of one copy. */
    @FunctionalInterface
    interface Rows {
        void write(CopyTuples tuples) throws SQLException;
    }

    // Null while no copy is under way.
    private @Nullable CopyIn copy;

    /**
     * Copies rows in.
     *
     * @param sql a {@code COPY … FROM STDIN (FORMAT binary)}
     */
    void copy(Connection connection, String sql, Rows rows) throws SQLException {
        CopyIn opened = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        copy = opened;
        try {
            buffer.clear();
            buffer.put(SIGNATURE);
            rows.write(this);
            buffer.u16(0xffff);
            flush();
            opened.endCopy();
        } finally {
            copy = null;
            if (opened.isActive()) {
                opened.cancelCopy();
            }
        }
    }

    /** Begins a row of {@code fields} fields, all of which follow. */
    CopyTuples row(int fields) throws SQLException {
        if (buffer.length() >= FLUSH_BYTES) {
            flush();
        }
        buffer.u16(fields);
        return this;
    }

    private void flush() throws SQLException {
        requireNonNull(copy, "no copy is under way").writeToCopy(buffer.array(), 0, buffer.length());
        buffer.clear();
    }

    CopyTuples int8(long value) {
        buffer.i32(8).i64(value);
        return this;
    }

    CopyTuples date(long epochDay) {
        buffer.i32(4).i32(Math.toIntExact(epochDay - POSTGRES_EPOCH_DAY));
        return this;
    }

    CopyTuples text(String value) {
        return bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    CopyTuples bytea(byte[] value) {
        return bytea(value, value.length);
    }

    CopyTuples bytea(byte[] value, int length) {
        buffer.i32(length).put(value, 0, length);
        return this;
    }
}
