package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.verify.BatchException.Fault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A batch as it travels (formats §6): the length of its COSE bytes in four bytes, these, and the encoded lines. */
public final class BatchFrame {
    private final byte[] frame;
    private final int linesFrom;

    private BatchFrame(byte[] frame, int linesFrom) {
        this.frame = frame;
        this.linesFrom = linesFrom;
    }

    /**
     * Takes a frame apart; nothing of it is copied or decoded.
     *
     * @throws BatchException if it is too large, or no frame
     */
    public static BatchFrame parse(byte[] frame) {
        if (frame.length > BatchLayout.MOST_BYTES) {
            throw new BatchException(
                    Fault.TOO_LARGE, "a batch has at most " + BatchLayout.MOST_BYTES + " bytes, not " + frame.length);
        }
        if (frame.length < Integer.BYTES) {
            throw BatchException.malformed("a frame begins with the four bytes of a length");
        }
        long length = ByteBuffer.wrap(frame).getInt() & 0xffff_ffffL;
        if (length > frame.length - Integer.BYTES) {
            throw BatchException.malformed(
                    "the frame says " + length + " bytes and has " + (frame.length - Integer.BYTES));
        }
        return new BatchFrame(frame, Integer.BYTES + (int) length);
    }

    /** The COSE bytes. */
    public byte[] cose() {
        return Arrays.copyOfRange(frame, Integer.BYTES, linesFrom);
    }

    /** The encoded lines. */
    public InputStream encodedLines() {
        return new ByteArrayInputStream(frame, linesFrom, frame.length - linesFrom);
    }
}
