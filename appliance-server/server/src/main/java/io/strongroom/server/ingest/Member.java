package io.strongroom.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of a received record (formats §3), in canonical order. */
enum Member {
    ACTION("action"),
    ACTOR("actor"),
    ATTRIBUTES("attributes"),
    CORRELATION("correlation"),
    CREATED_AT("createdAt"),
    IDEMPOTENCY_KEY("idempotencyKey"),
    LABELS("labels"),
    OCCURRED_AT("occurredAt"),
    OUTCOME("outcome"),
    PURPOSE("purpose"),
    RESOURCE("resource"),
    /** Of a line of a device batch alone; no part of the record. */
    SALT("salt"),
    SOURCE("source"),
    STREAM("stream"),
    TENANT_ID("tenantId");

    /** All of them, without the copy that {@code values()} makes. */
    static final Member[] ALL = values();

    final String json;
    private final byte[] name;

    Member(String json) {
        this.json = json;
        this.name = json.getBytes(StandardCharsets.US_ASCII);
    }

    /** The member of that name; the name's canonical bytes are [{@code from}, {@code to}). */
    static @Nullable Member named(byte[] bytes, int from, int to) {
        for (Member member : ALL) {
            if (member.name.length == to - from
                    && member.name[0] == bytes[from]
                    && Arrays.equals(member.name, 0, member.name.length, bytes, from, to)) {
                return member;
            }
        }
        return null;
    }
}
