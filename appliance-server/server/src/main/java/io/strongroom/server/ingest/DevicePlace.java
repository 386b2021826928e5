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
 * @param afterRevocation whether the device was let in no more when it came
 */
record DevicePlace(Digest batch, String stream, int index, boolean afterRevocation) {

    /** The line at this place, copied. */
    DeviceLine line(byte[] bytes, int offset, int length) {
        return new DeviceLine(batch, index, afterRevocation, Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
