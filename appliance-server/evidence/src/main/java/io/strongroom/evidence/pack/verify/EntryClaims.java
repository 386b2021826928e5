package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.ledger.EntryLine;
import io.strongroom.evidence.ledger.EntryMember;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a batch say that their entries say, too (formats, section 5): nobody may read in a record another
 * stream, source, bundle or retention class than the ledger counts it under. A value that is the same as in the record
 * before is kept once.
 */
final class EntryClaims {
    /** What a record may repeat of its entry, beside its id. */
    static final List<EntryMember> MEMBERS = List.of(
            EntryMember.POLICY, EntryMember.RETAIN, EntryMember.SOURCE, EntryMember.SOURCE_SEQ, EntryMember.STREAM);

    private static final int NOT_SAID = -1;

    private byte[] values = new byte[8 * RecordBatch.MOST];
    private int length;

    // By record and member: where the JSON of the value stands.
    private final int[] from = new int[RecordBatch.MOST * MEMBERS.size()];
    private final int[] to = new int[RecordBatch.MOST * MEMBERS.size()];

    /** Nothing is said by the record, as long as nothing is added. */
    void begin(int record) {
        int at = record * MEMBERS.size();
        Arrays.fill(from, at, at + MEMBERS.size(), NOT_SAID);
    }

    /** Adds what the record says of {@link #MEMBERS}{@code .get(member)}; nothing, where it says that there is none. */
    void add(int record, int member, byte[] json, int start, int end) {
        int at = record * MEMBERS.size() + member;
        int before = at - MEMBERS.size();
        if (before >= 0
                && from[before] != NOT_SAID
                && Arrays.equals(values, from[before], to[before], json, start, end)) {
            from[at] = from[before];
            to[at] = to[before];
            return;
        }
        int size = end - start;
        if (values.length - length < size) {
            values = Arrays.copyOf(values, 2 * (length + size));
        }
        System.arraycopy(json, start, values, length, size);
        from[at] = length;
        length += size;
        to[at] = length;
    }

    /** The first member of the entry of which the record says something else; null where it says nothing else. */
    @Nullable
    EntryMember contradicted(int record, EntryLine entry) {
        for (int member = 0; member < MEMBERS.size(); member++) {
            int at = record * MEMBERS.size() + member;
            if (from[at] != NOT_SAID && !entry.is(MEMBERS.get(member), values, from[at], to[at])) {
                return MEMBERS.get(member);
            }
        }
        return null;
    }

    /** What the record says of the member, as JSON. */
    String said(int record, EntryMember of) {
        int at = record * MEMBERS.size() + MEMBERS.indexOf(of);
        return to[at] == from[at] ? "none" : new String(values, from[at], to[at] - from[at], StandardCharsets.UTF_8);
    }
}
