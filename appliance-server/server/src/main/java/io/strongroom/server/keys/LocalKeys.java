package io.strongroom.server.keys;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.keys.KeyChange.KeySet;
import io.strongroom.server.keys.StoredKey.State;
import io.strongroom.server.settings.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys of this installation, in files. Thread-safe. */
public final class LocalKeys implements SigningKeys, InstallationSecrets {
    private final KeyFolder folder;
    private final Origin origin;
    private final InstantSource clock;
    private final SecureRandom random;
    private final KekRing wrapping;

    private LocalKeys(KeyFolder folder, Origin origin, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.origin = origin;
        this.clock = clock;
        this.random = random;
        this.wrapping = new KekRing(folder, random);
    }

    /**
     * Makes the keys of a new installation, or goes on with what an interrupted first start made.
     *
     * @throws StartRefusedException if they cannot be written
     */
    public static LocalKeys create(Path folder, Origin origin, InstantSource clock, SecureRandom random) {
        return new LocalKeys(KeyFolder.create(folder, clock, random), origin, clock, random);
    }

    /**
     * Reads the keys of an installation.
     *
     * @throws StartRefusedException if one is missing, damaged, or not the one that belongs here
     */
    public static LocalKeys open(Path folder, Origin origin, InstantSource clock, SecureRandom random) {
        return new LocalKeys(KeyFolder.open(folder), origin, clock, random);
    }

    public WrappingKeys wrapping() {
        return wrapping;
    }

    /** Each key's name and its check value, which tells the key from any other without giving it away. */
    public Map<String, String> checks() {
        Map<String, String> checks = new LinkedHashMap<>();
        for (StoredKey key : folder.keys()) {
            checks.put(key.name(), key.check());
        }
        return checks;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public List<NoteSigner> checkpointSigners() {
        return List.of(NoteSigner.ed25519(origin.value(), active(KeyUse.LOG_ED25519)));
    }

    @Override
    public List<NoteSigner> sealSigners() {
        return List.of(
                NoteSigner.ed25519(origin.value(), active(KeyUse.LOG_ED25519)),
                NoteSigner.mlDsa44(origin.value(), active(KeyUse.LOG_ML_DSA), clock));
    }

    @Override
    public List<SigningKey> packSigners() {
        return List.of(active(KeyUse.PACK_ED25519), active(KeyUse.PACK_ML_DSA));
    }

    @Override
    public List<PublishedKey> published() {
        List<PublishedKey> published = new ArrayList<>();
        for (StoredKey key : folder.keys()) {
            if (key.signing() == null || key.state() == State.PENDING) {
                continue;
            }
            KeyType type = noteType(key.use());
            published.add(new PublishedKey(
                    type == null ? Signs.PACK : Signs.LOG,
                    key.generation(),
                    key.signingKey().verifyingKey(),
                    type == null ? null : vkey(type, key.signingKey()),
                    key.from(),
                    key.until()));
        }
        return published;
    }

    @Override
    public SecretKey idempotencyKey() {
        return folder.active(KeyUse.IDEMPOTENCY).secretKey();
    }

    @Override
    public SecretKey cursorKey() {
        return folder.active(KeyUse.CURSOR).secretKey();
    }

    /**
     * The change that waits to be announced, made if there is none. The new keys sign nothing but the change until
     * {@link #activate}.
     *
     * @throws IOException if the new keys cannot be kept
     */
    public synchronized KeyChange prepareChange() throws IOException {
        List<StoredKey> keys = folder.keys();
        if (keys.stream().noneMatch(key -> key.state() == State.PENDING)) {
            List<StoredKey> more = new ArrayList<>(keys);
            for (KeyUse use : KeyUse.values()) {
                if (use.rotates()) {
                    int generation = folder.active(use).generation() + 1;
                    more.add(StoredKey.generate(use, generation, State.PENDING, clock.millis(), random));
                }
            }
            folder.store(more);
        }
        return KeyChange.of(origin, clock.millis(), keySet(State.ACTIVE), keySet(State.PENDING));
    }

    /**
     * How each generation of signing keys came after the one before, the oldest first: what its record tells, signed anew by
     * both.
     */
    public List<SignedNote> changes() {
        List<SignedNote> changes = new ArrayList<>();
        int newest = folder.active(KeyUse.LOG_ED25519).generation();
        for (int generation = 2; generation <= newest; generation++) {
            long at = key(KeyUse.LOG_ED25519, generation).from();
            changes.add(KeyChange.of(origin, at, keySet(generation - 1), keySet(generation))
                    .note());
        }
        return changes;
    }

    private KeySet keySet(int generation) {
        return new KeySet(
                key(KeyUse.LOG_ED25519, generation).signingKey(),
                key(KeyUse.LOG_ML_DSA, generation).signingKey(),
                key(KeyUse.PACK_ED25519, generation).signingKey(),
                key(KeyUse.PACK_ML_DSA, generation).signingKey());
    }

    private StoredKey key(KeyUse use, int generation) {
        return folder.keys().stream()
                .filter(key -> key.use() == use && key.generation() == generation)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a change was prepared and not activated: the process ended in between. */
    public boolean changeIsPending() {
        return folder.keys().stream().anyMatch(key -> key.state() == State.PENDING);
    }

    /** From now on the pending keys sign, and the ones before them only check. */
    public synchronized void activate() throws IOException {
        long now = clock.millis();
        List<StoredKey> changed = new ArrayList<>();
        for (StoredKey key : folder.keys()) {
            changed.add(
                    switch (key.state()) {
                        case PENDING -> key.with(State.ACTIVE, now, null);
                        case ACTIVE -> key.use().rotates() ? key.with(State.RETIRED, key.from(), now) : key;
                        case RETIRED -> key;
                    });
        }
        folder.store(changed);
    }

    /** The names of the key-encryption keys that only unwrap. */
    List<String> retiredWrapping() {
        return folder.keys().stream()
                .filter(LocalKeys::isRetiredWrapping)
                .map(StoredKey::name)
                .toList();
    }

    /** Destroys them, and what an earlier attempt left: what is still wrapped under one of them is lost. */
    synchronized void forgetRetiredWrapping() throws IOException {
        if (!retiredWrapping().isEmpty()) {
            folder.store(folder.keys().stream()
                    .filter(key -> !isRetiredWrapping(key))
                    .toList());
        }
        folder.deleteUnlistedWrapping();
    }

    private static boolean isRetiredWrapping(StoredKey key) {
        return key.use() == KeyUse.KEK && key.state() == State.RETIRED;
    }

    private SigningKey active(KeyUse use) {
        return folder.active(use).signingKey();
    }

    private KeySet keySet(State state) {
        return new KeySet(
                key(KeyUse.LOG_ED25519, state),
                key(KeyUse.LOG_ML_DSA, state),
                key(KeyUse.PACK_ED25519, state),
                key(KeyUse.PACK_ML_DSA, state));
    }

    private SigningKey key(KeyUse use, State state) {
        return folder.keys().stream()
                .filter(key -> key.use() == use && key.state() == state)
                .findFirst()
                .orElseThrow()
                .signingKey();
    }

    private String vkey(KeyType type, SigningKey key) {
        return VerifierKey.of(origin.value(), type, key.verifyingKey()).vkey();
    }

    private static @Nullable KeyType noteType(KeyUse use) {
        return switch (use) {
            case LOG_ED25519 -> KeyType.ED25519;
            case LOG_ML_DSA -> KeyType.ML_DSA_44_COSIGNATURE;
            default -> null;
        };
    }
}
