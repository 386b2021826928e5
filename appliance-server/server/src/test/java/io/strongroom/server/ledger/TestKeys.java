package io.strongroom.server.ledger;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.keys.SigningKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keys of a log, in memory. */
final class TestKeys implements SigningKeys {
    private final Origin origin;
    private final NoteSigner ed25519;
    private final NoteSigner mlDsa;

    TestKeys(String host) {
        this(new Origin(host + "/acme/01234567"));
    }

    TestKeys(Origin origin) {
        SecureRandom random = new SecureRandom();
        this.origin = origin;
        this.ed25519 = NoteSigner.ed25519(origin.value(), SigningKey.generate(SigningAlgorithm.ED25519, random));
        this.mlDsa = NoteSigner.mlDsa44(
                origin.value(), SigningKey.generate(SigningAlgorithm.ML_DSA_44, random), InstantSource.system());
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public List<NoteSigner> checkpointSigners() {
        return List.of(ed25519);
    }

    @Override
    public List<NoteSigner> sealSigners() {
        return List.of(ed25519, mlDsa);
    }

    @Override
    public List<SigningKey> packSigners() {
        return List.of();
    }

    @Override
    public List<PublishedKey> published() {
        List<PublishedKey> published = new ArrayList<>();
        for (NoteSigner signer : sealSigners()) {
            VerifierKey key = signer.verifierKey();
            published.add(new PublishedKey(Signs.LOG, 1, key.key(), key.vkey(), 0, null));
        }
        return published;
    }

    CheckpointVerifier verifier() {
        return new CheckpointVerifier(List.of(ed25519.verifierKey(), mlDsa.verifierKey()), List.of());
    }
}
