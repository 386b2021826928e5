package io.strongroom.bench;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** The peer of the ingest and export rows: the same documents in a bare two-column table of the same server. */
final class PostgresPeer {
    private static final int ROWS_A_TRANSACTION = 1_000;
    // 11 bytes of signature, flags and the length of the header's extension, both 0.
    private static final byte[] COPY_HEADER =
            Arrays.copyOf(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n'}, 19);

    private final String url;
    private final String user;
    private final String password;

    PostgresPeer(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Rows per second that {@code COPY} brings into {@code (seq bigint, body bytea)} over one connection, each
     * batch of 1,000 rows committed by itself, as ours are, with the server's own durability. Nothing of it stays: the
     * database would still be clearing up after it while ours is measured.
     */
    double copyIn(byte[][] documents, Duration forHowLong) throws SQLException, IOException {
        try (Connection connection = connect()) {
            execute(connection, "DROP TABLE IF EXISTS peer_copy");
            execute(connection, "CREATE TABLE peer_copy (seq bigint NOT NULL, body bytea NOT NULL)");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            Iterator<byte[]> endless = Stream.generate(() -> Arrays.stream(documents))
                    .flatMap(Function.identity())
                    .iterator();
            long start = System.nanoTime();
            long end = start + forHowLong.toNanos();
            long rows = 0;
            while (System.nanoTime() < end) {
                rows += copyOnce(copy, "peer_copy", endless, rows);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            execute(connection, "DROP TABLE peer_copy");
            return rows / seconds;
        }
    }

    /** Makes the bare table {@code (seq bigint, body bytea)} of the documents. */
    void fill(String table, Iterator<byte[]> documents) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "CREATE TABLE " + table + " (seq bigint NOT NULL, body bytea NOT NULL)");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long rows = 0;
            while (documents.hasNext()) {
                rows += copyOnce(copy, table, documents, rows);
            }
        }
    }

    private static int copyOnce(CopyManager copy, String table, Iterator<byte[]> documents, long first)
            throws SQLException {
        CopyIn in = copy.copyIn("COPY " + table + " (seq, body) FROM STDIN (FORMAT binary)");
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        buffer.put(COPY_HEADER);
        int rows = 0;
        for (; rows < ROWS_A_TRANSACTION && documents.hasNext(); rows++) {
            byte[] document = documents.next();
            if (buffer.remaining() < document.length + 32) {
                in.writeToCopy(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            buffer.putShort((short) 2)
                    .putInt(8)
                    .putLong(first + rows)
                    .putInt(document.length)
                    .put(document);
        }
        buffer.putShort((short) -1);
        in.writeToCopy(buffer.array(), 0, buffer.position());
        in.endCopy();
        return rows;
    }

    /** Where the bytes of a {@code COPY TO} go. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] row) throws IOException;
    }

    /** Seconds that {@code COPY TO} takes to bring all rows of {@code query} into a file that is on disk, as a pack is. */
    double copyToFileSeconds(String query, Path file) throws SQLException, IOException {
        long start = System.nanoTime();
        try (FileOutputStream disk = new FileOutputStream(file.toFile())) {
            BufferedOutputStream out = new BufferedOutputStream(disk, 1 << 20);
            copyTo(query, out::write);
            out.flush();
            disk.getChannel().force(true);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds that it takes where the bytes are dropped as they come. */
    double copyOutSeconds(String query) throws SQLException, IOException {
        long start = System.nanoTime();
        copyTo(query, row -> {});
        return (System.nanoTime() - start) / 1e9;
    }

    private void copyTo(String query, Sink sink) throws SQLException, IOException {
        try (Connection connection = connect()) {
            CopyOut out = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                sink.write(row);
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, sql);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
