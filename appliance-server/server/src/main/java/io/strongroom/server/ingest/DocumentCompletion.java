package io.strongroom.server.ingest;

import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fills in what a document may leave out (formats §3): {@code stream}, {@code outcome}, {@code tenantId},
 * {@code occurredAt} for {@code createdAt}; and takes {@code idempotencyKey} and {@code salt} off, which are no part of the record. Works
 * on canonical bytes by copying members; what goes in and what comes out is canonical.
 */
final class DocumentCompletion {
    private static final byte[] OUTCOME = ascii("\"outcome\":\"unknown\"");
    private static final byte[] STREAM = ascii("\"stream\":\"" + StreamName.DEFAULT + "\"");
    private static final byte[] OCCURRED_AT = ascii("\"occurredAt\"");
    private static final int CREATED_AT_CHARS = "\"createdAt\"".length();
    private static final int MOST_ADDED = 256;

    private byte[] out = new byte[2048];
    private int to;

    /** The document without {@code idempotencyKey}: what its MAC covers. */
    byte[] withoutKey(byte[] json, int size, RecordForm form) {
        begin(size);
        for (Member member : Member.ALL) {
            if (member != Member.IDEMPOTENCY_KEY && form.has(member)) {
                copy(json, form.start(member), form.end(member));
            }
        }
        return end();
    }

    /** The document with everything filled in. */
    byte[] complete(byte[] json, int size, RecordForm form, TenantId tenant) {
        if (isComplete(form)) {
            return Arrays.copyOf(json, size);
        }
        begin(size);
        for (Member member : Member.ALL) {
            switch (member) {
                case CREATED_AT, IDEMPOTENCY_KEY, SALT -> {}
                case OCCURRED_AT -> occurredAt(json, form);
                case OUTCOME -> copyOr(OUTCOME, member, json, form);
                case STREAM -> copyOr(STREAM, member, json, form);
                case TENANT_ID -> tenant(json, form, tenant);
                default -> {
                    if (form.has(member)) {
                        copy(json, form.start(member), form.end(member));
                    }
                }
            }
        }
        return end();
    }

    private static boolean isComplete(RecordForm form) {
        return form.has(Member.OCCURRED_AT)
                && form.has(Member.OUTCOME)
                && form.has(Member.STREAM)
                && form.has(Member.TENANT_ID)
                && !form.has(Member.IDEMPOTENCY_KEY)
                && !form.has(Member.SALT);
    }

    private void occurredAt(byte[] json, RecordForm form) {
        if (form.has(Member.OCCURRED_AT)) {
            copy(json, form.start(Member.OCCURRED_AT), form.end(Member.OCCURRED_AT));
            return;
        }
        copy(OCCURRED_AT, 0, OCCURRED_AT.length);
        to--; // the value follows its name, not a comma
        copy(json, form.start(Member.CREATED_AT) + CREATED_AT_CHARS, form.end(Member.CREATED_AT));
    }

    private void tenant(byte[] json, RecordForm form, TenantId tenant) {
        if (form.has(Member.TENANT_ID)) {
            copy(json, form.start(Member.TENANT_ID), form.end(Member.TENANT_ID));
        } else {
            byte[] member = ascii("\"tenantId\":\"" + tenant.value() + '"');
            copy(member, 0, member.length);
        }
    }

    private void copyOr(byte[] otherwise, Member member, byte[] json, RecordForm form) {
        if (form.has(member)) {
            copy(json, form.start(member), form.end(member));
        } else {
            copy(otherwise, 0, otherwise.length);
        }
    }

    private void begin(int size) {
        if (out.length < size + MOST_ADDED) {
            out = new byte[size + MOST_ADDED];
        }
        out[0] = '{';
        to = 1;
    }

    /** Copies a member and the comma after it. */
    private void copy(byte[] from, int start, int end) {
        System.arraycopy(from, start, out, to, end - start);
        to += end - start;
        out[to++] = ',';
    }

    /** A record has required members, so that there is a last comma to be replaced. */
    private byte[] end() {
        out[to - 1] = '}';
        return Arrays.copyOf(out, to);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
