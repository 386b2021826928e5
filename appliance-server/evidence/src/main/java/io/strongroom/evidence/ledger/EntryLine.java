package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.EntryMember.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads entries in place, one after the other, making hardly an object for any: the fixed layout of leaf data, in which any
 * other byte anywhere is refused, so that what it accepts is canonical.
 *
 * <p>For one thread. What {@link #read} found is there until the next.
 */
public final class EntryLine {
    private static final EntryMember[] MEMBERS = EntryMember.values();

    // By member: where its value begins and ends, the value of a number or time, the bytes of a digest.
    private final int[] places = new int[MEMBERS.length];
    private final int[] ends = new int[MEMBERS.length];
    private final long[] numbers = new long[MEMBERS.length];
    private final byte[] digests = new byte[MEMBERS.length * Digest.BYTES];
    private RecordId id = new RecordId(0, 0);
    private byte[] line = new byte[0];
    private int start;
    private int end;
    private int pos;

    /**
     * Reads an entry from {@code length} bytes of {@code buffer}; positions count from {@code offset}.
     *
     * @throws JsonException if they are not exactly the canonical bytes of an entry
     */
    public void read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        line = buffer;
        start = offset;
        end = offset + length;
        pos = offset;
        try {
            members();
        } catch (IllegalArgumentException malformed) {
            throw refused(String.valueOf(malformed.getMessage()));
        }
    }

    // One loop and not one step behind the other: so there is little to compile before it runs fast.
    private void members() {
        for (EntryMember member : MEMBERS) {
            if (member == EntryMember.SOURCE_SEQ && !startsWith(member.before())) {
                numbers[member.ordinal()] = EntryLayout.NO_SOURCE_SEQ;
                places[member.ordinal()] = pos;
                ends[member.ordinal()] = pos;
                continue;
            }
            boolean afterNumber = member == EntryMember.STREAM && hasSourceSeq();
            expect(afterNumber ? EntryLayout.STREAM_AFTER_SEQ : member.before());
            value(member);
        }
        expect(EntryLayout.VERSION);
        if (pos != end) {
            throw refused("something follows the entry");
        }
    }

    private void value(EntryMember member) {
        int i = member.ordinal();
        places[i] = pos;
        switch (member.kind()) {
            case TIME -> numbers[i] = Rfc3339.parseAscii(line, take(Rfc3339.CHARS));
            case ID -> id = RecordId.parseAscii(line, take(RecordId.CHARS));
            case DIGEST -> Digest.parseAscii(line, take(Digest.CHARS), digests, i * Digest.BYTES);
            case NAME -> name();
            case NUMBER -> numbers[i] = number();
        }
        ends[i] = pos;
    }

    private boolean hasSourceSeq() {
        return numbers[EntryMember.SOURCE_SEQ.ordinal()] != EntryLayout.NO_SOURCE_SEQ;
    }

    /** Position in the tree. */
    public long seq() {
        return numbers[EntryMember.SEQ.ordinal()];
    }

    /** When it was appended, epoch milliseconds. */
    public long at() {
        return numbers[EntryMember.AT.ordinal()];
    }

    /** The record's id. */
    public RecordId id() {
        return id;
    }

    /** Whether the 32 bytes at {@code hash[offset]} are the digest of the policy bundle in force. */
    public boolean isPolicy(byte[] hash, int offset) {
        return is(EntryMember.POLICY, hash, offset);
    }

    /** Whether the 32 bytes at {@code hash[offset]} are the leaf hash of the entry before. */
    public boolean isPrev(byte[] hash, int offset) {
        return is(EntryMember.PREV, hash, offset);
    }

    /** Whether the 32 bytes at {@code hash[offset]} are the digest of the record. */
    public boolean isRecord(byte[] hash, int offset) {
        return is(EntryMember.RECORD, hash, offset);
    }

    /** Whether the member's value is this JSON; where the entry lacks the member, whether there is none. */
    public boolean is(EntryMember member, byte[] json, int from, int to) {
        // A number stands by itself, all else in quotes.
        int quote = member.kind() == Kind.NUMBER ? 0 : 1;
        int i = member.ordinal();
        return Arrays.equals(line, places[i] - quote, ends[i] + quote, json, from, to);
    }

    private boolean is(EntryMember digest, byte[] hash, int offset) {
        int from = digest.ordinal() * Digest.BYTES;
        return Arrays.equals(digests, from, from + Digest.BYTES, hash, offset, offset + Digest.BYTES);
    }

    /** The whole entry. */
    public Entry entry() {
        return new Entry(
                seq(),
                at(),
                id,
                digest(EntryMember.POLICY),
                digest(EntryMember.PREV),
                digest(EntryMember.RECORD),
                text(EntryMember.RETAIN),
                text(EntryMember.SOURCE),
                hasSourceSeq() ? numbers[EntryMember.SOURCE_SEQ.ordinal()] : null,
                text(EntryMember.STREAM));
    }

    private Digest digest(EntryMember member) {
        return Digest.ofBytes(digests, member.ordinal() * Digest.BYTES);
    }

    /** The member's value as text; empty where the entry lacks the member. */
    public String text(EntryMember member) {
        int i = member.ordinal();
        return new String(line, places[i], ends[i] - places[i], StandardCharsets.ISO_8859_1);
    }

    private boolean startsWith(byte[] part) {
        return end - pos >= part.length && Arrays.equals(line, pos, pos + part.length, part, 0, part.length);
    }

    private void expect(byte[] part) {
        if (!startsWith(part)) {
            throw refused(
                    "not the canonical bytes of an entry: expected " + new String(part, StandardCharsets.US_ASCII));
        }
        pos += part.length;
    }

    private int take(int length) {
        if (end - pos < length) {
            throw refused("the entry is cut short");
        }
        int from = pos;
        pos += length;
        return from;
    }

    private void name() {
        int p = pos;
        while (p < end && EntryLayout.isNameByte(line[p])) {
            p++;
        }
        if (p == pos || p - pos > EntryLayout.MAX_NAME) {
            throw refused("a name must be 1 to 64 of a-z 0-9 . _ -");
        }
        pos = p;
    }

    private long number() {
        long value = 0;
        int p = pos;
        while (p < end && line[p] >= '0' && line[p] <= '9' && p - pos <= EntryLayout.MAX_NUMBER) {
            value = value * 10 + (line[p++] - '0');
        }
        boolean padded = p - pos > 1 && line[pos] == '0';
        if (p == pos || padded || value > CanonicalJson.MAX_INTEGER) {
            throw refused("a number must be from 0 to 2^53-1");
        }
        pos = p;
        return value;
    }

    private JsonException refused(String reason) {
        return new JsonException(reason, pos - start, "");
    }
}
