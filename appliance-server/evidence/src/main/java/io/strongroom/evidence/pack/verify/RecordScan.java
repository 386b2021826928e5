package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalScan;
import java.nio.charset.StandardCharsets;

/** Looks whether a stored record is canonical, and finds what of it is of interest here, without building anything. */
final class RecordScan {
    private static final byte[] RECORD_ID = "recordId".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BATCH = "batch".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGESTS = "_sd".getBytes(StandardCharsets.US_ASCII);

    private final CanonicalScan scan = new CanonicalScan(ObjectReference.MEMBER);
    private int idStart;
    private int idLength;
    private boolean committed;
    private boolean ofDevice;

    /**
     * Scans a record.
     *
     * @throws io.strongroom.evidence.json.JsonException if it is no JSON, with the place
     * @throws IllegalArgumentException if it is not canonical, or no object
     */
    void scan(byte[] json, int offset, int length) {
        idStart = -1;
        idLength = 0;
        committed = false;
        ofDevice = false;
        if (length == 0 || json[offset] != '{' || !scan.isCanonical(json, offset, length)) {
            CanonicalJson.of(json, offset, length);
            throw new IllegalArgumentException("JSON that is not canonical, or no object");
        }
        for (int i = 0; i < scan.members(); i++) {
            if (scan.isNamed(i, DIGESTS)) {
                committed = true;
            } else if (scan.isNamed(i, BATCH)) {
                ofDevice = true;
            } else if (scan.isNamed(i, RECORD_ID) && json[scan.valueFrom(i)] == '"') {
                idStart = scan.valueFrom(i) + 1;
                idLength = scan.valueTo(i) - scan.valueFrom(i) - 2;
            }
        }
    }

    /** Where the id's text stands, or −1. */
    int idStart() {
        return idStart;
    }

    int idLength() {
        return idLength;
    }

    /** Whether a member's name says that a large value is referred to. */
    boolean refers() {
        return scan.found();
    }

    /** Whether the record says that a device sent it in a batch. */
    boolean ofDevice() {
        return ofDevice;
    }

    /** Whether the record commits to fields that do not stand in it. */
    boolean committed() {
        return committed;
    }
}
