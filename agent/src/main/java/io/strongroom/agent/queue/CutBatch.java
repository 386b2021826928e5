package io.strongroom.agent.queue;

import io.strongroom.evidence.Digest;

/**
 * A batch that is signed and on disk, and never changes.
 *
 * @param frame as it travels
 * @param digest of its COSE bytes
 * @param epoch in which its sequences count, 32 hex digits
 */
@SuppressWarnings("ArrayRecordComponent")
public record CutBatch(byte[] frame, Digest digest, String epoch, long first, long last) {
    public int lines() {
        return (int) (last - first) + 1;
    }
}
