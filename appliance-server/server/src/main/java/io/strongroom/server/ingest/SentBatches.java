package io.strongroom.server.ingest;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;

/** What devices have signed, and the keys that they signed it with. For whoever hands it on as evidence. */
public interface SentBatches {

    /** The signed bytes of the batch of this digest. */
    Optional<byte[]> find(Digest batch) throws IOException;

    /** A key that the device has, or once had, by the SHA-256 of its SubjectPublicKeyInfo. */
    Optional<PublicKey> key(String device, Digest id);
}
