package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import org.jspecify.annotations.Nullable;

/** Encrypts the line of a device batch of which a record was made, before the record goes to the ledger. */
@FunctionalInterface
public interface LineSealer {

    /**
     * Encrypts a line as the record's disclosures are encrypted, under the same data key, which is stored with the record
     * if it is new.
     *
     * @param subject what names the data subject in the record; null where it names none, and the day's key serves
     * @param body the stored record's bytes: most of the line stands there, and is not kept twice
     * @param line the line's bytes as the device signed them
     */
    Sealed sealLine(RecordId id, Digest recordDigest, @Nullable String subject, byte[] body, byte[] line);
}
