package io.strongroom.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A document that has passed the schema, on its way to becoming a record.
 *
 * @param canonical its canonical bytes, with {@code tenantId}, {@code stream}, {@code outcome} and {@code occurredAt}
 *     filled in; the stored record is made from it. Never changed after this
 * @param stream the stream's name, as in {@code canonical}
 * @param source the source id, as in {@code canonical}
 * @param sourceSeq {@code source.sequence}, as in {@code canonical}
 * @param key what makes its repetition recognisable
 * @param line the line of a device batch that it came as, where it did
 */
public record Document(
        byte[] canonical,
        String stream,
        String source,
        @Nullable Long sourceSeq,
        @Nullable IdempotencyKey key,
        @Nullable DeviceLine line) {

    /** One that no device sent. */
    public Document(
            byte[] canonical, String stream, String source, @Nullable Long sourceSeq, @Nullable IdempotencyKey key) {
        this(canonical, stream, source, sourceSeq, key, null);
    }
}
