package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encrypts what a record withholds, before the record goes to the ledger. */
public interface DisclosureSealer {

    /**
     * Encrypts a record's disclosures, one ciphertext per class. Whoever commits the record stores the new key, if there
     * is one, in the same transaction, so that no committed record ever names a key that a crash took away.
     *
     * @param subject what names the data subject in the record; null where it names none, and the day's key serves
     * @param disclosures by the class whose readers may see them
     * @param findable {@linkplain FieldHashes#findable keyed hashes} by which fields among them are to be found
     */
    Sealed seal(
            RecordId id,
            Digest recordDigest,
            @Nullable String subject,
            Map<Classification, List<Disclosure>> disclosures,
            int[] findable);
}
