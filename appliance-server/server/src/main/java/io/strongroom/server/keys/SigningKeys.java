package io.strongroom.server.keys;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.NoteSigner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that the log and its packs are signed with. After a rotation, the next call gives the new ones. */
public interface SigningKeys {

    /** What a published key signs. */
    enum Signs {
        LOG,
        PACK
    }

    /**
     * A public key that was ever in use here.
     *
     * @param generation from 1; keys of one generation came together
     * @param vkey the key as C2SP signed-note writes it; null for a pack key
     * @param from when it came into use, epoch milliseconds
     * @param until when it went out of use; null while it is in use
     */
    record PublishedKey(
            Signs signs,
            int generation,
            VerifyingKey key,
            @Nullable String vkey,
            long from,
            @Nullable Long until) {}

    /** The log's origin, fixed at install. */
    Origin origin();

    /** Who signs each checkpoint: Ed25519, type 0x01. */
    List<NoteSigner> checkpointSigners();

    /** Who signs a seal's checkpoint, the hourly one and a pack's: Ed25519, type 0x01, and ML-DSA-44, type 0x06. */
    List<NoteSigner> sealSigners();

    /** Who signs a pack's manifest: Ed25519, then ML-DSA-44. */
    List<SigningKey> packSigners();

    /** All keys that were ever in use, by generation. */
    List<PublishedKey> published();
}
