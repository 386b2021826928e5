package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.ByteScan;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalScan;
import io.strongroom.evidence.ledger.EntryMember;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Looks whether a stored record is canonical, and finds what of it is of interest here, without building anything. */
final class RecordScan {
    /** The members of a record that matter here, in canonical order, which is that of their names. */
    private enum Member {
        COMMITMENTS("_sd"),
        BATCH("batch"),
        POLICY("policy"),
        RECEIVED_AT("receivedAt"),
        RECORD_ID("recordId"),
        SOURCE("source"),
        STREAM("stream"),
        TENANT_ID("tenantId");

        private final byte[] json;

        Member(String json) {
            this.json = json.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final Member[] MEMBERS = Member.values();
    private static final int ABSENT = -1;
    private static final byte[] ID = "{\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE = ",\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final int POLICY = EntryClaims.MEMBERS.indexOf(EntryMember.POLICY);
    private static final int RETAIN = EntryClaims.MEMBERS.indexOf(EntryMember.RETAIN);
    private static final int SOURCE = EntryClaims.MEMBERS.indexOf(EntryMember.SOURCE);
    private static final int SOURCE_SEQ = EntryClaims.MEMBERS.indexOf(EntryMember.SOURCE_SEQ);
    private static final int STREAM = EntryClaims.MEMBERS.indexOf(EntryMember.STREAM);

    private final CanonicalScan scan = new CanonicalScan(ObjectReference.MEMBER);
    private final InnerMembers policy = new InnerMembers("bundle", "retention");
    private byte[] json = {};

    // By member: where its value begins, ABSENT where there is none, and where it ends.
    private final int[] from = new int[MEMBERS.length];
    private final int[] to = new int[MEMBERS.length];

    /**
     * Scans a record. What it finds is there until the next, and as long as the bytes are.
     *
     * @throws io.strongroom.evidence.json.JsonException if it is no JSON, with the place
     * @throws IllegalArgumentException if it is not canonical, or no object
     */
    void scan(byte[] bytes, int offset, int length) {
        json = bytes;
        Arrays.fill(from, ABSENT);
        if (length == 0 || json[offset] != '{' || !scan.isCanonical(json, offset, length)) {
            CanonicalJson.of(json, offset, length);
            throw new IllegalArgumentException("JSON that is not canonical, or no object");
        }
        int next = 0;
        for (int i = 0; i < scan.members(); i++) {
            byte initial = json[scan.nameFrom(i)];
            while (next < MEMBERS.length && MEMBERS[next].json[0] < initial) {
                next++;
            }
            for (int member = next; member < MEMBERS.length && MEMBERS[member].json[0] == initial; member++) {
                if (scan.isNamed(i, MEMBERS[member].json)) {
                    from[member] = scan.valueFrom(i);
                    to[member] = scan.valueTo(i);
                }
            }
        }
    }

    /** The record's id; null where it has none. */
    @Nullable
    RecordId id() {
        int text = text(Member.RECORD_ID, RecordId.CHARS);
        return text == ABSENT ? null : RecordId.parseAscii(json, text);
    }

    /** Whether the record says that it was received at another time, which counts from 1970 in milliseconds. */
    boolean receivedOtherwise(long epochMillis) {
        int text = text(Member.RECEIVED_AT, Rfc3339.CHARS);
        return has(Member.RECEIVED_AT) && (text == ABSENT || Rfc3339.parseAscii(json, text) != epochMillis);
    }

    /** Whether the record names another tenant than this one, whose name is in lower case. */
    boolean ofOtherTenant(byte[] tenant) {
        int text = text(Member.TENANT_ID, tenant.length);
        for (int i = 0; text != ABSENT && i < tenant.length; i++) {
            byte found = json[text + i];
            if ((found >= 'A' && found <= 'Z' ? found + ('a' - 'A') : found) != tenant[i]) {
                return true;
            }
        }
        return has(Member.TENANT_ID) && text == ABSENT;
    }

    /** Adds what the record says that its entry says, too. */
    void claims(EntryClaims claims, int record) {
        claims.begin(record);
        if (has(Member.POLICY)) {
            int start = from[Member.POLICY.ordinal()];
            policy.look(json, start, to[Member.POLICY.ordinal()]);
            policy(claims, record, POLICY, start, 0);
            policy(claims, record, RETAIN, start, 1);
        }
        if (has(Member.SOURCE)) {
            source(claims, record, from[Member.SOURCE.ordinal()], to[Member.SOURCE.ordinal()]);
        }
        if (has(Member.STREAM)) {
            claims.add(record, STREAM, json, from[Member.STREAM.ordinal()], to[Member.STREAM.ordinal()]);
        }
    }

    private void policy(EntryClaims claims, int record, int claim, int start, int name) {
        if (policy.to(name) > policy.from(name)) {
            claims.add(record, claim, json, start + policy.from(name), start + policy.to(name));
        }
    }

    /** A source has an id, and perhaps a sequence; of one that has none the entry has none. */
    private void source(EntryClaims claims, int record, int start, int end) {
        int id = start + ID.length;
        if (!stands(ID, start, end)) {
            throw new IllegalArgumentException("a source without its id");
        }
        int after = ByteScan.stringEnd(json, id, end);
        boolean sequence = stands(SEQUENCE, after, end);
        if (!sequence && after != end - 1) {
            throw new IllegalArgumentException("a source with more than an id and a sequence");
        }
        claims.add(record, SOURCE, json, id, after);
        claims.add(record, SOURCE_SEQ, json, sequence ? after + SEQUENCE.length : end - 1, end - 1);
    }

    private boolean stands(byte[] part, int at, int end) {
        return end - at > part.length && Arrays.equals(json, at, at + part.length, part, 0, part.length);
    }

    /** Whether a member's name says that a large value is referred to. */
    boolean refers() {
        return scan.found();
    }

    /** Whether the record says that a device sent it in a batch. */
    boolean ofDevice() {
        return has(Member.BATCH);
    }

    /** Whether the record commits to fields that do not stand in it. */
    boolean committed() {
        return has(Member.COMMITMENTS);
    }

    private boolean has(Member member) {
        return from[member.ordinal()] != ABSENT;
    }

    /** Where the text of a member begins, if it is one of so many characters of ASCII. */
    private int text(Member member, int characters) {
        int start = from[member.ordinal()];
        boolean fits = start != ABSENT && json[start] == '"' && to[member.ordinal()] - start - 2 == characters;
        return fits ? start + 1 : ABSENT;
    }
}
