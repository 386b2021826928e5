package io.strongroom.server.record;

import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The canonical bytes of a stored record: those of its document with the appliance's own members put where canonical
 * order wants them (formats §3). Nothing is parsed or written again.
 */
final class StoredBody {
    /** Random bytes in a record's salt. */
    static final int SALT_BYTES = 16;

    private static final int SALT_CHARS = 22;
    private static final byte[] RECEIVED_AT = ascii("\"receivedAt\":\"");
    private static final byte[] RECORD_ID = ascii("\",\"recordId\":\"");
    private static final byte[] SALT = ascii("\"salt\":\"");
    private static final byte[] STRING_END = ascii("\",");
    private static final byte[] VERSION = ascii(",\"v\":1}");

    private static final byte[] BATCH_NAME = ascii("batch");
    private static final byte[] POLICY_NAME = ascii("policy");
    private static final byte[] RECORD_ID_NAME = ascii("recordId");
    private static final byte[] SALT_NAME = ascii("salt");

    private StoredBody() {}

    /**
     * Makes the body.
     *
     * @param document canonical; its members are the received record's own, among them {@code source}
     * @param commitments {@code "_sd":[…],} or nothing
     * @param batch {@code "batch":{…},} or nothing
     * @param policy {@code "policy":{…},}
     * @param salt {@link #SALT_BYTES} random bytes
     */
    static byte[] of(byte[] document, byte[] commitments, byte[] batch, byte[] policy, RecordId id, byte[] salt) {
        int beforeBatch = batch.length == 0 ? 1 : firstMemberAfter(BATCH_NAME, document, 1);
        int beforePolicy = firstMemberAfter(POLICY_NAME, document, beforeBatch);
        int beforeIds = firstMemberAfter(RECORD_ID_NAME, document, beforePolicy);
        int beforeSalt = firstMemberAfter(SALT_NAME, document, beforeIds);
        int end = document.length - 1;

        int length = document.length
                - 1
                + commitments.length
                + batch.length
                + policy.length
                + RECEIVED_AT.length
                + Rfc3339.CHARS
                + RECORD_ID.length
                + RecordId.CHARS
                + STRING_END.length
                + SALT.length
                + SALT_CHARS
                + STRING_END.length
                + VERSION.length;
        byte[] body = new byte[length];
        body[0] = '{';
        int at = put(body, 1, commitments);
        at = put(body, at, document, 1, beforeBatch);
        at = put(body, at, batch);
        at = put(body, at, document, beforeBatch, beforePolicy);
        at = put(body, at, policy);
        at = put(body, at, document, beforePolicy, beforeIds);
        at = put(body, at, RECEIVED_AT);
        Rfc3339.writeAscii(id.epochMillis(), body, at);
        at = put(body, at + Rfc3339.CHARS, RECORD_ID);
        id.writeAscii(body, at);
        at = put(body, at + RecordId.CHARS, STRING_END);
        at = put(body, at, document, beforeIds, beforeSalt);
        at = put(body, at, SALT);
        at = put(body, at, Base64.getUrlEncoder().withoutPadding().encode(salt));
        at = put(body, at, STRING_END);
        at = put(body, at, document, beforeSalt, end);
        at = put(body, at, VERSION);
        if (at != length) {
            throw new IllegalStateException("a stored record of " + at + " bytes was laid out for " + length);
        }
        return body;
    }

    /** Where the first member stands whose name comes after {@code name}; {@code source} comes after all three. */
    private static int firstMemberAfter(byte[] name, byte[] document, int from) {
        int at = from;
        while (document[at] == '"') {
            int nameEnd = CanonicalScan.skipString(document, at);
            if (Arrays.compareUnsigned(document, at + 1, nameEnd - 1, name, 0, name.length) > 0) {
                return at;
            }
            int valueEnd = CanonicalScan.skipValue(document, nameEnd + 1);
            at = valueEnd + 1;
            if (at >= document.length) {
                break;
            }
        }
        throw new IllegalArgumentException("a document without its source cannot become a record");
    }

    private static int put(byte[] target, int at, byte[] part) {
        return put(target, at, part, 0, part.length);
    }

    private static int put(byte[] target, int at, byte[] part, int from, int to) {
        System.arraycopy(part, from, target, at, to - from);
        return at + to - from;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
