package io.strongroom.evidence.pack.write;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that goes into a pack as it is.
 *
 * @param path below {@code data/erasures/}, {@code data/batches/}, {@code data/tables/} or {@code data/objects/}
 * @param length in bytes
 */
public record Attachment(String path, long length, Content content) {
    /** Opens the file's content, which the writer closes. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
