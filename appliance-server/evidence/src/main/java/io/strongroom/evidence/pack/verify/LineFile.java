package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.ByteScan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The lines of a file, with the digest of the whole. The bytes of a line are only there until the next. Lines end in a
 * newline, the last too, and are at most {@link #MAX_LINE} long.
 */
final class LineFile implements Closeable {
    /** More than any record with its disclosures. */
    static final int MAX_LINE = 4 << 20;

    private static final int CHUNK = 256 * 1024;

    private final String path;
    private final InputStream in;
    private final MessageDigest sha256 = Digest.sha256();
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int from;
    private int scanned;
    private int end;
    private int length;
    private long line;

    LineFile(String path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    String path() {
        return path;
    }

    /** Steps to the next line; false after the last. */
    boolean next() throws IOException {
        while (true) {
            int newline = ByteScan.find(buffer, scanned, end, '\n');
            if (newline < end) {
                start = from;
                length = newline - from;
                from = newline + 1;
                scanned = from;
                line++;
                return true;
            }
            scanned = end;
            if (!fill()) {
                if (from != end) {
                    throw new RefusedException(path, "a newline behind line " + (line + 1), "the end of the file");
                }
                return false;
            }
        }
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, end - from);
            end -= from;
            scanned -= from;
            from = 0;
        }
        if (end == buffer.length) {
            if (end >= MAX_LINE) {
                throw new RefusedException(path, "lines of at most " + MAX_LINE + " bytes", "a longer one");
            }
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int got = in.read(buffer, end, buffer.length - end);
        if (got <= 0) {
            return false;
        }
        sha256.update(buffer, end, got);
        end += got;
        return true;
    }

    /** The line that {@link #next} stepped to stands in {@link #buffer()} from here. */
    int start() {
        return start;
    }

    int length() {
        return length;
    }

    byte[] buffer() {
        return buffer;
    }

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** The digest of the whole file; reads what is left of it. */
    Digest digest() throws IOException {
        int got;
        from = end;
        while ((got = in.read(buffer, 0, buffer.length)) > 0) {
            sha256.update(buffer, 0, got);
        }
        return Digest.ofBytes(sha256.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
