package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import java.util.List;

/** Decrypts what a {@link DisclosureSealer} encrypted. Who may see it is not asked here: {@link CommittedFields} does. */
@FunctionalInterface
interface DisclosureOpener {

    /** A committed field and the class that policy gave it. */
    record Opened(Disclosure disclosure, Classification classification) {}

    /**
     * Opens a record's disclosures. What was sealed under a key that has been erased is left out: nobody can open it any
     * more.
     *
     * @param sealed the record's ciphertexts
     * @return the disclosures, in no particular order
     * @throws DisclosureDamagedException if a ciphertext does not belong to this record, digest and class
     * @throws io.strongroom.server.keys.KeyUnavailableException if a key is there but cannot be unwrapped
     */
    List<Opened> open(RecordId id, Digest recordDigest, List<SealedDisclosures> sealed);
}
