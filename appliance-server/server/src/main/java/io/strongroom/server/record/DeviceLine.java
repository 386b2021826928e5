package io.strongroom.server.record;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;

/**
 * A line of a device batch, of which a record is made (formats §6).
 *
 * @param batch the batch's digest
 * @param index which of its lines it is, from 0
 * @param afterRevocation whether an officer brought it, since the device was let in no more
 * @param bytes the line as its device signed it, without its line feed
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeviceLine(Digest batch, int index, boolean afterRevocation, byte[] bytes) {

    /** {@code "batch":{…},} of the stored record, in which an auditor reads where the device's signature is. */
    byte[] member() {
        return ("\"batch\":{" + (afterRevocation ? "\"afterRevocation\":true," : "") + "\"digest\":\"" + batch
                        + "\",\"line\":" + index + "},")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
