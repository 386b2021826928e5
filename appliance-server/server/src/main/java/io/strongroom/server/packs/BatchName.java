package io.strongroom.server.packs;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.CanonicalScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which device batch a stored record names, read without looking at more of the record than comes before it. */
final class BatchName {
    private static final byte[] NAME = "batch".getBytes(StandardCharsets.US_ASCII);
    private static final int BEFORE_DIGEST = ":{\"digest\":\"".length();

    private BatchName() {}

    /** The batch's digest; null where no device sent the record. */
    static @Nullable Digest of(byte[] stored) {
        int at = 1;
        while (at < stored.length && stored[at] == '"') {
            int nameEnd = CanonicalScan.skipString(stored, at);
            int order = Arrays.compareUnsigned(stored, at + 1, nameEnd - 1, NAME, 0, NAME.length);
            if (order >= 0) {
                return order == 0 ? Digest.parseAscii(stored, nameEnd + BEFORE_DIGEST) : null;
            }
            at = CanonicalScan.skipValue(stored, nameEnd + 1) + 1;
        }
        return null;
    }
}
