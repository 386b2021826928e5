package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.pack.PackLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file that goes into a pack as it is.
 *
 * @param path below {@code data/erasures/}, {@code data/batches/}, {@code data/tables/}, {@code data/objects/} or
 *     {@code approvals/}; or {@link PackLayout#timeStamp}
 * @param length in bytes
 */
public record Attachment(String path, long length, Content content) {
    /** A file whose content is in memory, and must not change. */
    public static Attachment of(String path, byte[] content) {
        return new Attachment(path, content.length, () -> new ByteArrayInputStream(content));
    }

    /** Opens the file's content, which the writer closes. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
