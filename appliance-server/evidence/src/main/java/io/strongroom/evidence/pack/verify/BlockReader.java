package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one behind the other, cut into blocks of whole lines. Whatever happens in a file, its digest is found, or
 * the damage that keeps it from being read.
 *
 * <p>For one thread at a time.
 */
final class BlockReader implements AutoCloseable {
    /** More than any record with its disclosures. */
    static final int MAX_LINE = 4 << 20;

    static final int BLOCK = 256 * 1024;

    private final Bag bag;
    private final List<String> paths;
    private final Map<String, Digest> digests;
    private final Map<String, Failure> damage;
    private final MessageDigest sha256 = Digest.sha256();
    private int next;
    private String path = "";
    private @Nullable InputStream in;
    private boolean first;
    // The beginning of a line whose end has not been read yet.
    private byte[] tail = new byte[0];

    BlockReader(Bag bag, List<String> paths, Map<String, Digest> digests, Map<String, Failure> damage) {
        this.bag = bag;
        this.paths = paths;
        this.digests = digests;
        this.damage = damage;
    }

    /** The next lines, in {@code buffer} or a longer one; null behind the last file. */
    @Nullable
    LineBlock next(byte[] buffer) throws IOException {
        InputStream open = in;
        if (open == null) {
            if (next == paths.size()) {
                return null;
            }
            path = paths.get(next++);
            open = bag.open(path);
            in = open;
            first = true;
        }
        return block(open, buffer);
    }

    private LineBlock block(InputStream open, byte[] buffer) throws IOException {
        int room = Math.min(MAX_LINE, 2 * tail.length);
        byte[] bytes = buffer.length < room ? new byte[room] : buffer;
        System.arraycopy(tail, 0, bytes, 0, tail.length);
        int end = tail.length;
        tail = new byte[0];
        try {
            while (end < bytes.length) {
                int got = open.read(bytes, end, bytes.length - end);
                if (got <= 0) {
                    finish(open);
                    return lines(bytes, end, null);
                }
                sha256.update(bytes, end, got);
                end += got;
            }
        } catch (RefusedException e) {
            int whole = afterLastNewline(bytes, end);
            finish(open);
            return lines(bytes, whole, e.failure());
        }
        int whole = afterLastNewline(bytes, end);
        if (whole == 0 && end >= MAX_LINE) {
            finish(open);
            return lines(bytes, 0, Failure.of(path, "lines of at most " + MAX_LINE + " bytes", "a longer one"));
        }
        tail = Arrays.copyOfRange(bytes, whole, end);
        return lines(bytes, whole, null);
    }

    private LineBlock lines(byte[] bytes, int end, @Nullable Failure broken) {
        boolean begins = first;
        first = false;
        return new LineBlock(path, begins, bytes, end, broken);
    }

    private static int afterLastNewline(byte[] bytes, int end) {
        int at = end;
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    /** Reads what is left of the file, for its digest. */
    private void finish(InputStream open) throws IOException {
        in = null;
        byte[] rest = new byte[BLOCK];
        try (open) {
            int got;
            while ((got = open.read(rest, 0, rest.length)) > 0) {
                sha256.update(rest, 0, got);
            }
            digests.put(path, Digest.ofBytes(sha256.digest()));
        } catch (RefusedException e) {
            sha256.reset();
            damage.put(path, e.failure());
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
