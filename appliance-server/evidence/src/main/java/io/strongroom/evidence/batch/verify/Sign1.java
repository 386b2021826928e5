package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.batch.BatchLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A tagged COSE_Sign1 (RFC 9052 section 4.2) in deterministic CBOR.
 *
 * @param protectedHeader the bytes of the protected header's map
 * @param unprotected the unprotected header, as it stands
 * @param payload what is signed, which is never detached
 */
@SuppressWarnings("ArrayRecordComponent")
record Sign1(byte[] protectedHeader, byte[] unprotected, byte[] payload, byte[] signature) {
    private static final byte[] CONTEXT = BatchLayout.SIGNATURE_CONTEXT.getBytes(StandardCharsets.US_ASCII);

    /** Longest protected header: ours has under 400 bytes. */
    private static final int MOST_HEADER_BYTES = 1024;

    private static final int MOST_PAYLOAD_BYTES = BatchLayout.MOST_LINES * 32;

    /**
     * @throws BatchException if it is not one
     */
    static Sign1 parse(byte[] cose) {
        CborReader reader = new CborReader(cose);
        reader.tag(BatchLayout.TAG_SIGN1);
        reader.array(4);
        byte[] protectedHeader = reader.bytes(MOST_HEADER_BYTES);
        if (reader.next() != CborReader.MAP) {
            throw BatchException.malformed("the unprotected header is not a map");
        }
        byte[] unprotected = reader.item();
        byte[] payload = reader.bytes(MOST_PAYLOAD_BYTES);
        byte[] signature = reader.exactly(BatchLayout.SIGNATURE_BYTES);
        reader.end();
        return new Sign1(protectedHeader, unprotected, payload, signature);
    }

    /** The Sig_structure (section 4.4) without external data: what the signature covers. */
    byte[] toBeSigned() {
        ByteBuffer out = ByteBuffer.allocate(16 + CONTEXT.length + protectedHeader.length + payload.length);
        out.put((byte) 0x84).put((byte) (0x60 | CONTEXT.length)).put(CONTEXT);
        byteString(out, protectedHeader);
        out.put((byte) 0x40);
        byteString(out, payload);
        byte[] signed = new byte[out.position()];
        out.flip().get(signed);
        return signed;
    }

    private static void byteString(ByteBuffer out, byte[] value) {
        int length = value.length;
        if (length < 24) {
            out.put((byte) (0x40 | length));
        } else if (length < 1 << 8) {
            out.put((byte) 0x58).put((byte) length);
        } else if (length < 1 << 16) {
            out.put((byte) 0x59).putShort((short) length);
        } else {
            out.put((byte) 0x5a).putInt(length);
        }
        out.put(value);
    }
}
