package io.strongroom.evidence.batch.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes a device batch (formats §6): a COSE_Sign1 over the digests of its lines, and the frame in which both travel. Once
 * signed a batch never changes: a signature by ES256 is another each time.
 */
public final class BatchWriter {
    private BatchWriter() {}

    /**
     * Signs the digests of lines.
     *
     * @param lines without their line feeds, in order
     * @return the COSE bytes; their SHA-256 is the batch's digest
     * @throws IllegalArgumentException if there are not as many lines as the head says, or a line has a line feed
     */
    public static byte[] sign(BatchHead head, List<byte[]> lines, BatchSigner signer) {
        if (lines.size() != head.lines()) {
            throw new IllegalArgumentException(
                    "the head speaks of " + head.lines() + " lines, and there are " + lines.size());
        }
        byte[] protectedHeader = protectedHeader(head, signer);
        byte[] payload = payload(lines);
        byte[] signature = signer.sign(new CborWriter()
                .array(4)
                .text(BatchLayout.SIGNATURE_CONTEXT)
                .bytes(protectedHeader)
                .bytes(new byte[0])
                .bytes(payload)
                .toBytes());
        return new CborWriter()
                .tag(BatchLayout.TAG_SIGN1)
                .array(4)
                .bytes(protectedHeader)
                .map(0)
                .bytes(payload)
                .bytes(signature)
                .toBytes();
    }

    private static byte[] protectedHeader(BatchHead head, BatchSigner signer) {
        return new CborWriter()
                .map(5)
                .integer(BatchLayout.LABEL_ALG)
                .integer(signer.algorithm().number())
                .integer(BatchLayout.LABEL_CONTENT_TYPE)
                .text(BatchLayout.CONTENT_TYPE)
                .integer(BatchLayout.LABEL_KID)
                .bytes(signer.keyId().bytes())
                .integer(BatchLayout.LABEL_CLAIMS)
                .map(3)
                .integer(BatchLayout.CLAIM_DEVICE)
                .text(head.device().value())
                .integer(BatchLayout.CLAIM_STREAM)
                .text(head.stream().value())
                .integer(BatchLayout.CLAIM_SENT_AT)
                .integer(head.sentAt())
                .integer(BatchLayout.LABEL_PLACE)
                .map(7)
                .text("enc")
                .text(head.encoding().wire())
                .text("boot")
                .text(head.boot())
                .text("last")
                .integer(head.last())
                .text("mono")
                .integer(head.monotonicMillis())
                .text("prev")
                .bytes(head.previous().bytes())
                .text("epoch")
                .bytes(head.epoch().bytes())
                .text("first")
                .integer(head.first())
                .toBytes();
    }

    private static byte[] payload(List<byte[]> lines) {
        ByteBuffer digests = ByteBuffer.allocate(lines.size() * Digest.BYTES);
        for (byte[] line : lines) {
            for (byte b : line) {
                if (b == '\n') {
                    throw new IllegalArgumentException("a line has a line feed");
                }
            }
            digests.put(Digest.of(line).bytes());
        }
        return digests.array();
    }

    /** The lines as they are encoded: each with a line feed behind it. */
    public static byte[] join(List<byte[]> lines) {
        int size = lines.size();
        for (byte[] line : lines) {
            size = Math.addExact(size, line.length);
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (byte[] line : lines) {
            joined.put(line).put((byte) '\n');
        }
        return joined.array();
    }

    /**
     * The bytes that travel.
     *
     * @param cose as {@link #sign} gives them
     * @param encodedLines {@linkplain #join joined} lines under the head's encoding
     * @throws IllegalArgumentException if these are more than a batch may have
     */
    public static byte[] frame(byte[] cose, byte[] encodedLines) {
        long size = (long) Integer.BYTES + cose.length + encodedLines.length;
        if (size > BatchLayout.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a batch has at most " + BatchLayout.MOST_BYTES + " bytes, not " + size + "; cut it smaller");
        }
        return ByteBuffer.allocate((int) size)
                .putInt(cose.length)
                .put(cose)
                .put(encodedLines)
                .array();
    }
}
