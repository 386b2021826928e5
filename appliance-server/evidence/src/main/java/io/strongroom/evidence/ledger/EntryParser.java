package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fixed layout of an entry; any other byte anywhere is refused, so what it accepts is canonical. */
final class EntryParser {
    private final byte[] line;
    private final int start;
    private final int end;
    private int pos;

    EntryParser(byte[] line, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, line.length);
        this.line = line;
        this.start = offset;
        this.end = offset + length;
        this.pos = offset;
    }

    Entry parse() {
        try {
            return members();
        } catch (IllegalArgumentException malformed) {
            throw refused(String.valueOf(malformed.getMessage()));
        }
    }

    private Entry members() {
        expect(EntryLayout.AT);
        long at = Rfc3339.parseAscii(line, take(Rfc3339.CHARS));
        expect(EntryLayout.ID);
        RecordId id = RecordId.parseAscii(line, take(RecordId.CHARS));
        expect(EntryLayout.POLICY);
        Digest policy = Digest.parseAscii(line, take(Digest.CHARS));
        expect(EntryLayout.PREV);
        Digest prev = Digest.parseAscii(line, take(Digest.CHARS));
        expect(EntryLayout.RECORD);
        Digest record = Digest.parseAscii(line, take(Digest.CHARS));
        expect(EntryLayout.RETAIN);
        String retain = name();
        expect(EntryLayout.SEQ);
        long seq = number();
        expect(EntryLayout.SOURCE);
        String source = name();
        Long sourceSeq = sourceSeq();
        String stream = name();
        expect(EntryLayout.VERSION);
        if (pos != end) {
            throw refused("something follows the entry");
        }
        return new Entry(seq, at, id, policy, prev, record, retain, source, sourceSeq, stream);
    }

    private @Nullable Long sourceSeq() {
        if (!startsWith(EntryLayout.SOURCE_SEQ)) {
            expect(EntryLayout.STREAM_AFTER_SOURCE);
            return null;
        }
        expect(EntryLayout.SOURCE_SEQ);
        long sourceSeq = number();
        expect(EntryLayout.STREAM_AFTER_SEQ);
        return sourceSeq;
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

    private String name() {
        int p = pos;
        while (p < end && EntryLayout.isNameByte(line[p])) {
            p++;
        }
        if (p == pos || p - pos > EntryLayout.MAX_NAME) {
            throw refused("a name must be 1 to 64 of a-z 0-9 . _ -");
        }
        String name = new String(line, pos, p - pos, StandardCharsets.ISO_8859_1);
        pos = p;
        return name;
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
