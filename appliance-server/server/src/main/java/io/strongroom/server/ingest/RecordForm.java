package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.record.CanonicalScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a received record (formats §3), checked on its canonical bytes without a tree.
 *
 * <p>Every place that is wrong is named, up to {@link FormErrors#MOST}. An instance is for one thread and keeps what it
 * found until the next {@link #check}.
 */
final class RecordForm {
    /** Longest {@code action}, {@code purpose} and label value, in characters. */
    static final int MOST_TEXT = 200;

    /** Longest {@code type} of actor and resource, in characters. */
    static final int MOST_TYPE = 100;

    /** Longest {@code id} of actor and resource, in characters. */
    static final int MOST_ID = 512;

    /** Most labels of a record. */
    static final int MOST_LABELS = 64;

    private static final Set<Member> REQUIRED =
            EnumSet.of(Member.ACTION, Member.ACTOR, Member.RESOURCE, Member.SOURCE, Member.OCCURRED_AT);

    /** In what a document came: what belongs to the way, and not to the record, differs. */
    enum Kind {
        /** Alone; its key is in a header. */
        SINGLE,
        /** A line of a batch, which may have {@code idempotencyKey}. */
        LINE,
        /** A line of a device batch, which says its sequence; it has {@code salt}. */
        DEVICE_LINE
    }

    private final FormErrors errors = new FormErrors();

    /** By member's ordinal: where its name's opening quote stands, −1 where it is absent, and where its value ends. */
    private final int[] start = new int[Member.ALL.length];

    private final int[] end = new int[Member.ALL.length];

    private byte[] json = new byte[0];
    private Kind kind = Kind.SINGLE;
    private String stream = "";
    private String source = "";
    private long sequence;
    private @Nullable String tenant;
    private @Nullable String key;

    /**
     * Checks a document.
     *
     * @param canonical its canonical bytes from offset 0, and anything after them
     */
    void check(byte[] canonical, Kind came) {
        json = canonical;
        kind = came;
        errors.clear();
        Arrays.fill(start, -1);
        sequence = -1;
        tenant = null;
        key = null;
        if (json[0] != '{') {
            errors.add("", "a record is a JSON object");
            return;
        }
        for (int at = 1; json[at] == '"'; ) {
            int nameEnd = CanonicalScan.skipString(json, at);
            int valueEnd = CanonicalScan.skipValue(json, nameEnd + 1);
            topLevel(at, nameEnd, valueEnd);
            at = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        requireMembers();
    }

    private void topLevel(int at, int nameEnd, int valueEnd) {
        Member member = Member.named(json, at + 1, nameEnd - 1);
        if (member == null || member == Member.SALT && kind != Kind.DEVICE_LINE) {
            errors.add(FormErrors.pointer("", json, at + 1, nameEnd - 1), "is not a member of a record");
            return;
        }
        start[member.ordinal()] = at;
        end[member.ordinal()] = valueEnd;
        int value = nameEnd + 1;
        switch (member) {
            case ACTION -> text("/action", value, valueEnd, MOST_TEXT);
            case ACTOR -> party("/actor", value);
            case RESOURCE -> party("/resource", value);
            case ATTRIBUTES -> object("/attributes", value);
            case CORRELATION -> correlation(value);
            case CREATED_AT -> time("/createdAt", value, valueEnd);
            case OCCURRED_AT -> time("/occurredAt", value, valueEnd);
            case IDEMPOTENCY_KEY -> idempotencyKey(value, valueEnd);
            case LABELS -> labels(value);
            case OUTCOME -> outcome(value, valueEnd);
            case PURPOSE -> text("/purpose", value, valueEnd, MOST_TEXT);
            case SALT -> salt(value, valueEnd);
            case SOURCE -> source(value);
            case STREAM -> stream(value, valueEnd);
            case TENANT_ID -> tenant(value, valueEnd);
        }
    }

    private void requireMembers() {
        for (Member member : REQUIRED) {
            boolean given = has(member) || member == Member.OCCURRED_AT && has(Member.CREATED_AT);
            if (!given) {
                errors.add("/" + member.json, "is required");
            }
        }
        if (kind == Kind.DEVICE_LINE && !has(Member.SALT)) {
            errors.add("/salt", "is required");
        }
        if (has(Member.OCCURRED_AT) && has(Member.CREATED_AT)) {
            errors.add("/createdAt", "stands for occurredAt, which is given as well; send one of them");
        }
    }

    // --- What single members must look like

    private boolean string(String pointer, int at) {
        if (json[at] != '"') {
            errors.add(pointer, "must be a string");
            return false;
        }
        return true;
    }

    private boolean object(String pointer, int at) {
        if (json[at] != '{') {
            errors.add(pointer, "must be an object");
            return false;
        }
        return true;
    }

    private void text(String pointer, int at, int valueEnd, int most) {
        if (string(pointer, at)) {
            int characters = Texts.characters(json, at + 1, valueEnd - 1);
            if (characters < 1 || characters > most) {
                errors.add(pointer, "must have 1 to " + most + " characters, not " + characters);
            }
        }
    }

    private void time(String pointer, int at, int valueEnd) {
        if (!string(pointer, at)) {
            return;
        }
        if (valueEnd - at - 2 != Rfc3339.CHARS) {
            errors.add(pointer, "must look like 2026-11-21T01:02:03.004Z (UTC, three digits of milliseconds)");
            return;
        }
        try {
            Rfc3339.parseAscii(json, at + 1);
        } catch (IllegalArgumentException e) {
            errors.add(pointer, String.valueOf(e.getMessage()));
        }
    }

    private void outcome(int at, int valueEnd) {
        if (string("/outcome", at)
                && !(is("success", at, valueEnd) || is("failure", at, valueEnd) || is("unknown", at, valueEnd))) {
            errors.add("/outcome", "must be success, failure or unknown");
        }
    }

    private void stream(int at, int valueEnd) {
        if (string("/stream", at)) {
            if (Texts.isLowerName(json, at + 1, valueEnd - 1)) {
                stream = same(stream, at, valueEnd);
            } else {
                errors.add("/stream", "must be 1 to 64 of a-z 0-9 . _ -");
            }
        }
    }

    private void tenant(int at, int valueEnd) {
        if (string("/tenantId", at)) {
            if (Texts.isTenant(json, at + 1, valueEnd - 1)) {
                tenant = ascii(at, valueEnd);
            } else {
                errors.add("/tenantId", "must be 1 to 64 of A-Z a-z 0-9 . _ ~ - and begin with a letter or digit");
            }
        }
    }

    private void idempotencyKey(int at, int valueEnd) {
        if (kind == Kind.DEVICE_LINE) {
            errors.add("/idempotencyKey", "is not for lines of a device batch, whose sequence is their key");
        } else if (kind == Kind.SINGLE) {
            errors.add("/idempotencyKey", "belongs in the header Idempotency-Key; only a line of a batch has it here");
        } else if (string("/idempotencyKey", at)) {
            String text = new String(json, at + 1, valueEnd - at - 2, StandardCharsets.UTF_8);
            if (IdempotencyText.isValid(text)) {
                key = text;
            } else {
                errors.add("/idempotencyKey", IdempotencyText.RULE);
            }
        }
    }

    private void salt(int at, int valueEnd) {
        if (string("/salt", at) && !Texts.isSalt(json, at + 1, valueEnd - 1)) {
            errors.add("/salt", "must be 128 random bits in base64url, 22 characters");
        }
    }

    // --- Members that are objects

    private void party(String pointer, int at) {
        if (!object(pointer, at)) {
            return;
        }
        boolean type = false;
        boolean id = false;
        for (int name = at + 1; json[name] == '"'; ) {
            int nameEnd = CanonicalScan.skipString(json, name);
            int valueEnd = CanonicalScan.skipValue(json, nameEnd + 1);
            if (is("type", name, nameEnd)) {
                type = true;
                text(pointer + "/type", nameEnd + 1, valueEnd, MOST_TYPE);
            } else if (is("id", name, nameEnd)) {
                id = true;
                text(pointer + "/id", nameEnd + 1, valueEnd, MOST_ID);
            } else {
                unknown(pointer, name, nameEnd);
            }
            name = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        require(type, pointer, "/type");
        require(id, pointer, "/id");
    }

    private void source(int at) {
        if (!object("/source", at)) {
            return;
        }
        boolean id = false;
        for (int name = at + 1; json[name] == '"'; ) {
            int nameEnd = CanonicalScan.skipString(json, name);
            int valueEnd = CanonicalScan.skipValue(json, nameEnd + 1);
            if (is("id", name, nameEnd)) {
                id = true;
                sourceId(nameEnd + 1, valueEnd);
            } else if (is("sequence", name, nameEnd)) {
                sequence(nameEnd + 1, valueEnd);
            } else {
                unknown("/source", name, nameEnd);
            }
            name = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        require(id, "/source", "/id");
    }

    private void sourceId(int at, int valueEnd) {
        if (string("/source/id", at)) {
            if (Texts.isLowerName(json, at + 1, valueEnd - 1)) {
                source = same(source, at, valueEnd);
            } else {
                errors.add("/source/id", "must be 1 to 64 of a-z 0-9 . _ -");
            }
        }
    }

    /** Canonical integers within 2^53 have no fraction and no exponent. */
    private void sequence(int at, int valueEnd) {
        if (kind == Kind.DEVICE_LINE) {
            errors.add("/source/sequence", "is not for lines of a device batch, which says it");
            return;
        }
        long value = 0;
        for (int i = at; i < valueEnd; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9 || i - at >= 16) {
                errors.add("/source/sequence", "must be an integer from 0 to 9007199254740991");
                return;
            }
            value = value * 10 + digit;
        }
        if (value > (1L << 53) - 1) {
            errors.add("/source/sequence", "must be an integer from 0 to 9007199254740991");
            return;
        }
        sequence = value;
    }

    private void correlation(int at) {
        if (!object("/correlation", at)) {
            return;
        }
        boolean trace = false;
        for (int name = at + 1; json[name] == '"'; ) {
            int nameEnd = CanonicalScan.skipString(json, name);
            int valueEnd = CanonicalScan.skipValue(json, nameEnd + 1);
            if (is("traceId", name, nameEnd)) {
                trace = true;
                hexId("/correlation/traceId", nameEnd + 1, valueEnd, 32);
            } else if (is("spanId", name, nameEnd)) {
                hexId("/correlation/spanId", nameEnd + 1, valueEnd, 16);
            } else {
                unknown("/correlation", name, nameEnd);
            }
            name = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        require(trace, "/correlation", "/traceId");
    }

    private void hexId(String pointer, int at, int valueEnd, int digits) {
        if (string(pointer, at) && !Texts.isHexId(json, at + 1, valueEnd - 1, digits)) {
            errors.add(pointer, "must be " + digits + " lower-case hex digits, not all zero (W3C trace context)");
        }
    }

    private void labels(int at) {
        if (!object("/labels", at)) {
            return;
        }
        int count = 0;
        for (int name = at + 1; json[name] == '"'; ) {
            int nameEnd = CanonicalScan.skipString(json, name);
            int valueEnd = CanonicalScan.skipValue(json, nameEnd + 1);
            count++;
            if (!Texts.isLabelName(json, name + 1, nameEnd - 1)) {
                errors.add(
                        FormErrors.pointer("/labels", json, name + 1, nameEnd - 1),
                        "a label's name must be 1 to 64 of A-Z a-z 0-9 . _ / -");
            }
            label(name, nameEnd, valueEnd);
            name = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        if (count > MOST_LABELS) {
            errors.add("/labels", "must have at most " + MOST_LABELS + " labels, not " + count);
        }
    }

    private void label(int name, int nameEnd, int valueEnd) {
        int value = nameEnd + 1;
        int characters = json[value] == '"' ? Texts.characters(json, value + 1, valueEnd - 1) : -1;
        if (characters < 0 || characters > MOST_TEXT) {
            errors.add(
                    FormErrors.pointer("/labels", json, name + 1, nameEnd - 1),
                    "must be a string of at most " + MOST_TEXT + " characters");
        }
    }

    private void unknown(String parent, int name, int nameEnd) {
        errors.add(
                FormErrors.pointer(parent, json, name + 1, nameEnd - 1), "is not a member of " + parent.substring(1));
    }

    private void require(boolean given, String parent, String member) {
        if (!given) {
            errors.add(parent + member, "is required");
        }
    }

    /** Whether the string from its opening quote at {@code from} is {@code text}. */
    private boolean is(String text, int from, int to) {
        if (to - from - 2 != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (json[from + 1 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String ascii(int at, int valueEnd) {
        return new String(json, at + 1, valueEnd - at - 2, StandardCharsets.US_ASCII);
    }

    /** The lines of a batch mostly name the same source and stream: one string serves them all. */
    private String same(String before, int at, int valueEnd) {
        return is(before, at, valueEnd) ? before : ascii(at, valueEnd);
    }

    // --- What was found

    /** The places that are wrong; empty where the document may be stored. */
    List<FieldError> errors() {
        return errors.list();
    }

    boolean isGood() {
        return errors.isEmpty();
    }

    boolean has(Member member) {
        return start[member.ordinal()] >= 0;
    }

    /** Where the member's name begins, with its quote. */
    int start(Member member) {
        return start[member.ordinal()];
    }

    /** Where the member's value ends. */
    int end(Member member) {
        return end[member.ordinal()];
    }

    /** The stream, or null where none was given. */
    @Nullable
    String stream() {
        return has(Member.STREAM) ? stream : null;
    }

    /** The source id; meaningful where {@link #isGood()}. */
    String source() {
        return source;
    }

    /** {@code source.sequence}, or null. */
    @Nullable
    Long sequence() {
        return sequence < 0 ? null : Long.valueOf(sequence);
    }

    /** The tenant that the document names, if it is well formed. */
    @Nullable
    String tenant() {
        return tenant;
    }

    /** The member {@code idempotencyKey}, or null. */
    @Nullable
    String key() {
        return key;
    }
}
