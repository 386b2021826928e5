package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.Decimal;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an entry: a fixed run of members in canonical order, between which only values vary. All values are
 * ASCII that needs no escape, which {@link Entry}'s rules make sure of.
 */
final class EntryLayout {
    static final byte[] AT = ascii("{\"at\":\"");
    static final byte[] ID = ascii("\",\"id\":\"");
    static final byte[] POLICY = ascii("\",\"policy\":\"");
    static final byte[] PREV = ascii("\",\"prev\":\"");
    static final byte[] RECORD = ascii("\",\"record\":\"");
    static final byte[] RETAIN = ascii("\",\"retain\":\"");
    static final byte[] SEQ = ascii("\",\"seq\":");
    static final byte[] SOURCE = ascii(",\"source\":\"");
    static final byte[] SOURCE_SEQ = ascii("\",\"sourceSeq\":");
    static final byte[] STREAM_AFTER_SEQ = ascii(",\"stream\":\"");
    static final byte[] STREAM_AFTER_SOURCE = ascii("\",\"stream\":\"");
    static final byte[] VERSION = ascii("\",\"v\":1}");

    static final int MAX_NAME = 64;
    static final int MAX_NUMBER = 16;
    static final long NO_SOURCE_SEQ = -1;

    /** No entry is longer. */
    static final int MAX_BYTES = AT.length
            + Rfc3339.CHARS
            + ID.length
            + RecordId.CHARS
            + POLICY.length
            + PREV.length
            + RECORD.length
            + 3 * Digest.CHARS
            + RETAIN.length
            + SEQ.length
            + SOURCE.length
            + SOURCE_SEQ.length
            + 2 * MAX_NUMBER
            + STREAM_AFTER_SOURCE.length
            + 3 * MAX_NAME
            + VERSION.length;

    private static final boolean[] NAME_BYTES = nameBytes();

    private EntryLayout() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean[] nameBytes() {
        boolean[] allowed = new boolean[256];
        for (byte b : ascii("abcdefghijklmnopqrstuvwxyz0123456789._-")) {
            allowed[b] = true;
        }
        return allowed;
    }

    static boolean isNameByte(byte b) {
        return NAME_BYTES[b & 0xff];
    }

    static void requireName(String member, String value) {
        boolean fits = !value.isEmpty() && value.length() <= MAX_NAME;
        for (int i = 0; fits && i < value.length(); i++) {
            fits = value.charAt(i) < 0x80 && isNameByte((byte) value.charAt(i));
        }
        if (!fits) {
            throw new IllegalArgumentException(member + " must be 1 to 64 of a-z 0-9 . _ -");
        }
    }

    /**
     * Writes an entry whose values keep {@link Entry}'s rules at {@code out[at]}, which has room for
     * {@link #MAX_BYTES}.
     *
     * @param sourceSeq {@link #NO_SOURCE_SEQ} for none
     * @return the offset after it
     */
    static int write(
            byte[] out,
            int from,
            long seq,
            long at,
            RecordId id,
            Digest policy,
            byte[] prev,
            Digest record,
            String retain,
            String source,
            long sourceSeq,
            String stream) {
        int to = put(AT, out, from);
        Rfc3339.writeAscii(at, out, to);
        to = put(ID, out, to + Rfc3339.CHARS);
        id.writeAscii(out, to);
        to = put(POLICY, out, to + RecordId.CHARS);
        policy.writeAscii(out, to);
        to = put(PREV, out, to + Digest.CHARS);
        Digest.writeAscii(prev, 0, out, to);
        to = put(RECORD, out, to + Digest.CHARS);
        record.writeAscii(out, to);
        to = put(RETAIN, out, to + Digest.CHARS);
        to = name(retain, out, to);
        to = put(SEQ, out, to);
        to = Decimal.write(seq, out, to);
        to = put(SOURCE, out, to);
        to = name(source, out, to);
        if (sourceSeq == NO_SOURCE_SEQ) {
            to = put(STREAM_AFTER_SOURCE, out, to);
        } else {
            to = put(SOURCE_SEQ, out, to);
            to = Decimal.write(sourceSeq, out, to);
            to = put(STREAM_AFTER_SEQ, out, to);
        }
        to = name(stream, out, to);
        return put(VERSION, out, to);
    }

    private static int put(byte[] part, byte[] out, int to) {
        System.arraycopy(part, 0, out, to, part.length);
        return to + part.length;
    }

    /** A name is ASCII, so each character's low byte, which is all that the deprecated method takes, is the whole. */
    @SuppressWarnings("deprecation")
    private static int name(String value, byte[] out, int to) {
        value.getBytes(0, value.length(), out, to);
        return to + value.length();
    }
}
