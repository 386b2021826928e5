package io.strongroom.evidence.timestamp;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (X.690 section 10) element by element. Takes tags of one byte, and lengths that are definite and as short as
 * can be; no length reaches past its element, and nothing is nested deeper than {@value #MAX_DEPTH}. Whatever bytes it
 * is given, it throws {@link TimeStampException} or reads what is there.
 */
final class DerReader {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_OID_BYTES = 64;
    private static final int CONSTRUCTED = 0x20;
    private static final int HIGH_TAG = 0x1f;

    private final byte[] bytes;
    private final int end;
    private final int depth;
    private int pos;

    private DerReader(byte[] bytes, int from, int end, int depth) {
        this.bytes = bytes;
        this.pos = from;
        this.end = end;
        this.depth = depth;
    }

    static DerReader of(byte[] der) {
        return new DerReader(der, 0, der.length, 0);
    }

    /** The constructed tag of context class: {@code [number]}. */
    static int context(int number) {
        return 0xa0 | number;
    }

    /** The primitive tag of context class, for an implicit string. */
    static int contextPrimitive(int number) {
        return 0x80 | number;
    }

    boolean hasNext() {
        return pos < end;
    }

    /** Whether the next element has this tag. */
    boolean next(int tag) {
        return hasNext() && (bytes[pos] & 0xff) == tag;
    }

    /** Makes sure that nothing follows. */
    void end() {
        if (hasNext()) {
            throw new TimeStampException("DER: something follows at byte " + pos);
        }
    }

    /** Steps into an element of this constructed tag; this reader goes on behind it. */
    DerReader enter(int tag) {
        int length = header(tag);
        if (depth == MAX_DEPTH) {
            throw new TimeStampException("DER: nested deeper than " + MAX_DEPTH);
        }
        DerReader inner = new DerReader(bytes, pos, pos + length, depth + 1);
        pos += length;
        return inner;
    }

    /** The content of an element of this tag. */
    byte[] content(int tag) {
        int length = header(tag);
        pos += length;
        return Arrays.copyOfRange(bytes, pos - length, pos);
    }

    /** The next element as it stands, with tag and length; if constructed, it is well formed to its depth. */
    byte[] element() {
        int from = pos;
        skip();
        return Arrays.copyOfRange(bytes, from, pos);
    }

    private void skip() {
        if (!hasNext()) {
            throw new TimeStampException("DER: an element is missing at byte " + pos);
        }
        int tag = bytes[pos] & 0xff;
        if ((tag & CONSTRUCTED) == 0) {
            int length = header(tag);
            pos += length;
            return;
        }
        DerReader inner = enter(tag);
        while (inner.hasNext()) {
            inner.skip();
        }
    }

    /** Reads tag and length, and stands at the content, which is whole. */
    private int header(int tag) {
        if (!next(tag)) {
            throw new TimeStampException("DER: the tag 0x%02x was expected at byte %d".formatted(tag, pos));
        }
        if ((tag & HIGH_TAG) == HIGH_TAG || end - pos < 2) {
            throw new TimeStampException("DER: no such tag, or no length, at byte " + pos);
        }
        int first = bytes[pos + 1] & 0xff;
        pos += 2;
        int length = first;
        if (first >= 0x80) {
            int count = first & 0x7f;
            if (count == 0 || count > 3 || end - pos < count) {
                throw new TimeStampException("DER: a length that is indefinite, too long or cut off at byte " + pos);
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | bytes[pos++] & 0xff;
            }
            if (length < 0x80 || length >>> 8 * (count - 1) == 0) {
                throw new TimeStampException("DER: a length longer than it must be at byte " + pos);
            }
        }
        if (length > end - pos) {
            throw new TimeStampException("DER: a length that reaches too far at byte " + pos);
        }
        return length;
    }

    /** An object identifier in dotted form. */
    String oid() {
        byte[] content = content(OBJECT_IDENTIFIER);
        if (content.length == 0 || content.length > MAX_OID_BYTES || content[content.length - 1] < 0) {
            throw new TimeStampException("DER: no whole object identifier before byte " + pos);
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        boolean begun = false;
        for (byte b : content) {
            if (!begun && (b & 0xff) == 0x80) {
                throw new TimeStampException("DER: an object identifier with a leading zero before byte " + pos);
            }
            begun = true;
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(b & 0x7f));
            if (b >= 0) {
                append(dotted, arc);
                arc = BigInteger.ZERO;
                begun = false;
            }
        }
        return dotted.toString();
    }

    private static void append(StringBuilder dotted, BigInteger arc) {
        if (!dotted.isEmpty()) {
            dotted.append('.').append(arc);
            return;
        }
        // The first two arcs share a number: 40 · first + second, where the first is at most 2.
        int first = arc.min(BigInteger.valueOf(80)).intValue() / 40;
        dotted.append(first).append('.').append(arc.subtract(BigInteger.valueOf(40L * first)));
    }

    /** A whole number of at most so many bytes. */
    BigInteger integer(int mostBytes) {
        return integer(INTEGER, mostBytes);
    }

    /** A whole number under an implicit tag. */
    BigInteger integer(int tag, int mostBytes) {
        byte[] content = content(tag);
        boolean padded = content.length > 1
                && (content[0] == 0 && content[1] >= 0 || content[0] == (byte) 0xff && content[1] < 0);
        if (content.length == 0 || content.length > mostBytes || padded) {
            throw new TimeStampException(
                    "DER: no integer of at most " + mostBytes + " bytes in its one form before byte " + pos);
        }
        return new BigInteger(content);
    }

    /** A small number from 0. */
    int small() {
        BigInteger value = integer(Integer.BYTES);
        if (value.signum() < 0) {
            throw new TimeStampException("DER: a negative number before byte " + pos);
        }
        return value.intValue();
    }

    boolean bool() {
        byte[] content = content(BOOLEAN);
        if (content.length != 1 || content[0] != 0 && content[0] != (byte) 0xff) {
            throw new TimeStampException("DER: neither true nor false before byte " + pos);
        }
        return content[0] != 0;
    }

    /** The object identifier of an AlgorithmIdentifier without parameters (absent or NULL). */
    String algorithm() {
        DerReader algorithm = enter(SEQUENCE);
        String oid = algorithm.oid();
        if (algorithm.hasNext() && algorithm.content(NULL).length != 0) {
            throw new TimeStampException("DER: a NULL with content before byte " + pos);
        }
        algorithm.end();
        return oid;
    }
}
