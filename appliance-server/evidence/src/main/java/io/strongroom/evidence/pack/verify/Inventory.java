package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The three lists of a pack's files: the signed one and BagIt's two. Where they disagree, the signed one is right, if
 * its signature or the tag manifest bears it out; so the file that was changed is named, and not those it speaks of.
 */
final class Inventory {
    private static final int MOST = 256 << 20;
    private static final List<String> NEEDED = List.of(
            PackLayout.SIGNED_MANIFEST,
            PackLayout.TAG_MANIFEST,
            PackLayout.PAYLOAD_MANIFEST,
            PackLayout.MANIFEST,
            PackLayout.BAGIT,
            PackLayout.BAG_INFO,
            PackLayout.RANGE);

    private final Bag bag;
    private final List<Failure> malformed = new ArrayList<>();
    private @Nullable SignedManifest signed;
    private @Nullable Map<String, Digest> payload;
    private @Nullable Map<String, Digest> tags;
    private boolean signedBorneOut;

    private Inventory(Bag bag) {
        this.bag = bag;
    }

    /** Reads the lists; what is malformed in them is kept for {@link #altered}. */
    static Inventory read(Bag bag, Signers signers) throws IOException {
        Inventory inventory = new Inventory(bag);
        inventory.read(signers);
        return inventory;
    }

    private void read(Signers signers) throws IOException {
        byte[] bytes = new byte[0];
        try {
            bytes = SmallFiles.read(bag, PackLayout.SIGNED_MANIFEST, MOST);
            signed = SignedManifest.parse(bytes);
        } catch (RefusedException e) {
            malformed.add(e.failure());
        }
        payload = list(PackLayout.PAYLOAD_MANIFEST);
        tags = list(PackLayout.TAG_MANIFEST);
        if (signed != null) {
            boolean listed = tags != null && Objects.equals(Digest.of(bytes), tags.get(PackLayout.SIGNED_MANIFEST));
            signedBorneOut = listed || asSigned(signed.envelope(), bytes, signers.packKeys());
        }
    }

    /** Whether not a byte of the envelope can have been changed: each signature holds, and the rest has one form. */
    private static boolean asSigned(DsseEnvelope envelope, byte[] bytes, List<VerifyingKey> keys) {
        if (!Arrays.equals(envelope.toJson(), bytes)) {
            return false;
        }
        byte[] message = DsseEnvelope.pae(envelope.payloadType(), envelope.payload());
        return envelope.signatures().stream().allMatch(signature -> keys.stream()
                .anyMatch(key ->
                        key.id().toString().equals(signature.keyId()) && key.verify(message, signature.bytes())));
    }

    private @Nullable Map<String, Digest> list(String path) throws IOException {
        try {
            return BagManifest.parse(path, SmallFiles.read(bag, path, MOST));
        } catch (RefusedException e) {
            malformed.add(e.failure());
            return null;
        }
    }

    @Nullable
    SignedManifest signed() {
        return signed;
    }

    /** The first file that is missing, or too many; null where the set is right. */
    @Nullable
    Failure incomplete() {
        for (String needed : NEEDED) {
            if (!bag.files().containsKey(needed)) {
                return Failure.of(needed, "the file", "no such file");
            }
        }
        Set<String> named = new HashSet<>();
        if (signed != null && signedBorneOut) {
            named.addAll(signed.subjects().keySet());
        } else if (payload != null && tags != null) {
            named.addAll(payload.keySet());
            named.addAll(tags.keySet());
        } else {
            // The lists themselves are damaged, which the next rung says.
            return null;
        }
        named.add(PackLayout.SIGNED_MANIFEST);
        named.add(PackLayout.TAG_MANIFEST);
        for (String path : named) {
            if (!bag.files().containsKey(path)) {
                return Failure.of(path, "the file, which the manifest names", "no such file");
            }
        }
        for (String path : bag.files().keySet()) {
            if (!named.contains(path)) {
                return Failure.of(path, "no file that the manifest does not name", "this one");
            }
        }
        return null;
    }

    /** The first file that is not as the lists say; null where all are. */
    @Nullable
    Failure altered(Map<String, Digest> digests, Map<String, Failure> damage) {
        if (signed == null || !signedBorneOut) {
            Failure first = malformed.isEmpty() ? null : malformed.getFirst();
            if (tags != null && tags.containsKey(PackLayout.SIGNED_MANIFEST)) {
                Failure changed = compare(PackLayout.SIGNED_MANIFEST, tags, digests, damage);
                first = changed != null ? changed : first;
            }
            return first != null
                    ? first
                    : Failure.of(PackLayout.TAG_MANIFEST, "a line for " + PackLayout.SIGNED_MANIFEST, "no such line");
        }
        for (String path : signed.subjects().keySet()) {
            Failure changed = compare(path, signed.subjects(), digests, damage);
            if (changed != null) {
                return changed;
            }
        }
        if (!malformed.isEmpty()) {
            return malformed.getFirst();
        }
        Failure wrong = list(PackLayout.PAYLOAD_MANIFEST, payload, digests, true);
        return wrong != null ? wrong : list(PackLayout.TAG_MANIFEST, tags, digests, false);
    }

    private static @Nullable Failure compare(
            String path, Map<String, Digest> expected, Map<String, Digest> digests, Map<String, Failure> damage) {
        Failure damaged = damage.get(path);
        if (damaged != null) {
            return damaged;
        }
        Digest want = expected.get(path);
        Digest got = digests.get(path);
        return want != null && Objects.equals(want, got)
                ? null
                : Failure.of(path, String.valueOf(want), String.valueOf(got));
    }

    /** Compares one of BagIt's lists with what the signed list has borne out. */
    private static @Nullable Failure list(
            String file, @Nullable Map<String, Digest> list, Map<String, Digest> digests, boolean ofPayload) {
        if (list == null) {
            return Failure.of(file, "a list of digests", "none");
        }
        for (var line : list.entrySet()) {
            Digest got = digests.get(line.getKey());
            if (!Objects.equals(line.getValue(), got)) {
                return Failure.of(
                        file,
                        "for " + line.getKey() + " the digest " + (got == null ? "of no file" : got),
                        line.getValue().toString());
            }
        }
        for (String path : digests.keySet()) {
            boolean belongs = path.startsWith(PackLayout.PAYLOAD) == ofPayload && !path.equals(PackLayout.TAG_MANIFEST);
            if (belongs != list.containsKey(path)) {
                return Failure.of(file, belongs ? "a line for " + path : "no line for " + path, "the contrary");
            }
        }
        return null;
    }
}
