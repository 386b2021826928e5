package io.strongroom.agent.queue;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;

/**
 * A batch that is signed and on disk, and never changes.
 *
 * @param stream that it belongs to
 * @param frame as it travels
 * @param digest of its COSE bytes
 * @param epoch in which its sequences count, 32 hex digits
 */
@SuppressWarnings("ArrayRecordComponent")
public record CutBatch(StreamName stream, byte[] frame, Digest digest, String epoch, long first, long last) {
    public int lines() {
        return (int) (last - first) + 1;
    }
}
