package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.verify.BatchException.Fault;
import io.strongroom.evidence.json.ByteScan;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** The lines of a batch, each of which has the digest that the device signed. */
public final class BatchLines {
    private static final int FIRST_BUFFER_BYTES = 64 * 1024;

    private final byte[] bytes;
    private final int[] ends;

    private BatchLines(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Reads the lines of a batch to the end of the stream, or to where the limit is passed.
     *
     * @param decoded the decoded lines, each with a line feed behind it; not closed
     * @throws IOException as {@code decoded} throws it
     * @throws BatchException if they are not the lines whose digests are signed, or more than a batch may have
     */
    public static BatchLines read(SignedBatch batch, InputStream decoded) throws IOException {
        byte[] bytes = new byte[FIRST_BUFFER_BYTES];
        int size = 0;
        while (true) {
            int read = decoded.read(bytes, size, bytes.length - size);
            if (read < 0) {
                return of(batch, bytes, size);
            }
            size += read;
            if (size > BatchLayout.MOST_DECODED_BYTES) {
                throw new BatchException(
                        Fault.TOO_LARGE, "the lines have more than " + BatchLayout.MOST_DECODED_BYTES + " bytes");
            }
            if (size == bytes.length) {
                // One byte beyond the limit shows that it is passed.
                bytes = Arrays.copyOf(bytes, Math.min(2 * size, BatchLayout.MOST_DECODED_BYTES + 1));
            }
        }
    }

    private static BatchLines of(SignedBatch batch, byte[] bytes, int size) {
        int[] ends = new int[batch.head().lines()];
        MessageDigest sha256 = Digest.sha256();
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = ByteScan.find(bytes, from, size, '\n');
            if (end == size) {
                throw lines("line " + i + " is missing, or has no line feed");
            }
            sha256.update(bytes, from, end - from);
            if (!batch.line(i).matches(sha256.digest(), 0)) {
                throw lines("line " + i + " is not the one that was signed");
            }
            ends[i] = end;
            from = end + 1;
        }
        if (from != size) {
            throw lines("something follows the last line");
        }
        return new BatchLines(bytes, ends);
    }

    private static BatchException lines(String message) {
        return new BatchException(Fault.LINES, message);
    }

    /** How many lines there are. */
    public int size() {
        return ends.length;
    }

    /** Holds all lines; not to be changed. */
    public byte[] buffer() {
        return bytes;
    }

    /** Where in the buffer a line begins. */
    public int offset(int index) {
        return index == 0 ? 0 : ends[index - 1] + 1;
    }

    /** The length of a line without its line feed. */
    public int length(int index) {
        return ends[index] - offset(index);
    }
}
