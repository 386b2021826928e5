package io.strongroom.server.uploads;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A large value that the appliance keeps.
 *
 * @param digest of its bytes
 * @param bytes how many they are
 * @param content opens them
 */
public record UploadedObject(Digest digest, long bytes, Content content) {
    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Content {
        /** All bytes, as {@link #from}. */
        default InputStream open() throws IOException {
            return from(0);
        }

        /**
         * The bytes from an offset on, which is not past their end; the caller closes the stream.
         *
         * @throws IOException if they cannot be read, or are not what was uploaded
         * @throws io.strongroom.server.keys.KeyUnavailableException if their key cannot be unwrapped
         */
        InputStream from(long offset) throws IOException;
    }
}
