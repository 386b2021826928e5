package io.strongroom.server.ingest;

import io.strongroom.api.Appended;
import io.strongroom.api.LineResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The answer to a batch as bytes: a line for each result, given out as soon as it is there and never held back to fill a
 * buffer.
 */
final class ResultStream extends InputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final BatchRun batch;
    private final StringBuilder text = new StringBuilder(BUFFER_BYTES);
    private byte[] bytes = {};
    private int at;

    ResultStream(BatchRun batch) {
        this.batch = batch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == bytes.length && !render()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return bytes.length - at;
    }

    /** Waits for one result and takes those that are there behind it. */
    private boolean render() throws IOException {
        text.setLength(0);
        try {
            do {
                LineResult result = batch.next();
                if (result == null) {
                    break;
                }
                render(result);
            } while (text.length() < BUFFER_BYTES && batch.ready());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("stopped while a result was awaited").initCause(e);
        }
        bytes = text.isEmpty() ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
        return bytes.length > 0;
    }

    /** An acknowledged line, which nearly every line is, needs no JSON tree: nothing in it needs an escape. */
    private void render(LineResult result) {
        Appended appended = result.appended();
        if (appended == null) {
            text.append(result.toJson()).append('\n');
            return;
        }
        text.append("{\"line\":")
                .append(result.line())
                .append(",\"status\":\"")
                .append(result.status().wire())
                .append("\",\"recordId\":\"")
                .append(appended.recordId())
                .append("\",\"seq\":")
                .append(appended.seq())
                .append(",\"recordDigest\":\"")
                .append(appended.recordDigest())
                .append("\"}\n");
    }

    @Override
    public void close() {
        bytes = Arrays.copyOf(bytes, 0);
        at = 0;
    }
}
