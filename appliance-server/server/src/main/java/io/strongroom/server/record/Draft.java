package io.strongroom.server.record;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.privacy.SealedDisclosures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that lacks nothing but its place in the ledger.
 *
 * @param id the record's ULID; its time part is {@code receivedAt}
 * @param stream the stream's name
 * @param source the registered source id
 * @param sourceSeq the producer's own sequence, where it gave one
 * @param retain the retention class, which stands in the entry
 * @param policy digest of the bundle that decided
 * @param digest SHA-256 of {@code body}
 * @param body the stored record's canonical bytes; never changed after this
 * @param key the idempotency key, absent where the caller gave none
 * @param hidden the committed fields' ciphertexts, and the key that is to be stored with them
 */
public record Draft(
        RecordId id,
        String stream,
        String source,
        @Nullable Long sourceSeq,
        String retain,
        Digest policy,
        Digest digest,
        byte[] body,
        @Nullable IdempotencyKey key,
        Sealed hidden) {

    /** The same under a key, so that it is appended once however often it is tried. */
    public Draft under(IdempotencyKey idempotencyKey) {
        return new Draft(id, stream, source, sourceSeq, retain, policy, digest, body, idempotencyKey, hidden);
    }

    /** The committed fields' ciphertexts, one per class; empty where policy hid nothing. */
    public List<SealedDisclosures> disclosures() {
        return hidden.disclosures();
    }

    /** What the draft takes of the sequencer's bounds, in bytes. */
    public int weight() {
        int weight = body.length + 256;
        for (SealedDisclosures sealed : disclosures()) {
            weight += sealed.ciphertext().length;
        }
        return weight;
    }
}
