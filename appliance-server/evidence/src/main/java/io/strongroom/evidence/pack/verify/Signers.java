package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose signatures count: those of a trust file, or, where there is none, of the keys that the pack brings along. */
final class Signers {
    private static final int MAX_KEYS = 1 << 20;

    private final @Nullable TrustFile trust;
    private final List<VerifyingKey> ownPackKeys;
    private final List<VerifierKey> ownLogKeys;

    private Signers(@Nullable TrustFile trust, List<VerifyingKey> ownPackKeys, List<VerifierKey> ownLogKeys) {
        this.trust = trust;
        this.ownPackKeys = ownPackKeys;
        this.ownLogKeys = ownLogKeys;
    }

    static Signers of(TrustFile trust) {
        return new Signers(trust, List.of(), List.of());
    }

    /** The pack's own keys: enough to see that it is consistent with itself. */
    static Signers ofPack(Bag bag) throws IOException {
        List<VerifyingKey> packKeys = new ArrayList<>();
        List<VerifierKey> logKeys = new ArrayList<>();
        for (String path : bag.files().keySet()) {
            try {
                if (path.startsWith(PackLayout.KEYS) && path.endsWith(".pem")) {
                    packKeys.add(key(bag, path));
                } else if (path.equals(PackLayout.LOG_KEYS)) {
                    text(bag, path).lines().map(VerifierKey::parse).forEach(logKeys::add);
                }
            } catch (IllegalArgumentException | NoteException e) {
                throw new RefusedException(path, "public keys", String.valueOf(e.getMessage()));
            }
        }
        return new Signers(null, packKeys, logKeys);
    }

    private static String text(Bag bag, String path) throws IOException {
        return new String(SmallFiles.read(bag, path, MAX_KEYS), StandardCharsets.UTF_8);
    }

    /**
     * A public key in PEM.
     *
     * @throws IllegalArgumentException if it is none that is known here
     */
    static VerifyingKey key(Bag bag, String path) throws IOException {
        String body = text(bag, path)
                .replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")
                .replaceAll("\\s", "");
        return VerifyingKey.ofSpki(Base64.getDecoder().decode(body));
    }

    boolean trusted() {
        return trust != null;
    }

    @Nullable
    TrustFile trust() {
        return trust;
    }

    /** All keys of packs, whenever they are valid. */
    List<VerifyingKey> packKeys() {
        return trust == null
                ? ownPackKeys
                : trust.packKeys().stream().map(TrustFile.PackKey::key).toList();
    }

    /** The keys under which a pack may have been made at this time. */
    List<VerifyingKey> packKeysAt(long epochMillis) {
        return trust == null
                ? ownPackKeys
                : trust.packKeys().stream()
                        .filter(key -> key.validity().contains(epochMillis))
                        .map(TrustFile.PackKey::key)
                        .toList();
    }

    List<VerifierKey> logKeys() {
        return trust == null ? ownLogKeys : trust.logKeys();
    }

    /** Whether an ML-DSA-44 key of this log is known, so that its signature is needed too. */
    boolean needsMlDsa(String origin) {
        return logKeys().stream()
                .anyMatch(key -> key.name().equals(origin) && key.type().algorithm() == SigningAlgorithm.ML_DSA_44);
    }

    CheckpointVerifier checkpoints() {
        return trust == null ? new CheckpointVerifier(ownLogKeys, List.of()) : trust.checkpoints();
    }
}
