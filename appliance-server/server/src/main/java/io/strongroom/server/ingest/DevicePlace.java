package io.strongroom.server.ingest;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.DeviceLine;
import java.util.Arrays;

/**
 * Where a line of a device batch stands.
 *
 * @param batch the batch's digest
 * @param stream that of all its lines
 * @param index which of the batch's lines it is, from 0
 */
record DevicePlace(Digest batch, String stream, int index) {

    /** The line at this place, copied. */
    DeviceLine line(byte[] bytes, int offset, int length) {
        return new DeviceLine(batch, index, Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
