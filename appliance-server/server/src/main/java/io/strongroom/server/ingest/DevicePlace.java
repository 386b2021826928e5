package io.strongroom.server.ingest;

import io.strongroom.evidence.Digest;
import io.strongroom.server.record.DeviceLine;
import java.util.Arrays;

/**
 * Where a line of a device batch stands.
 *
 * @param batch the batch's digest
 * @param stream that of all its lines
 * @param scope of the idempotency keys of device, stream and epoch
 * @param index which of the batch's lines it is, from 0
 * @param sequence the device's own number of the line
 */
record DevicePlace(Digest batch, String stream, long scope, int index, long sequence) {

    /** The line at this place, copied. */
    DeviceLine line(byte[] bytes, int offset, int length) {
        return new DeviceLine(batch, index, Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
