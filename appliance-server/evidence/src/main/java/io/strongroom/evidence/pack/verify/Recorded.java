package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the last rung checks beside the records. */
final class Recorded {
    private Recorded() {}

    /**
     * Opens the checkpoint that the range is tied to.
     *
     * @throws RefusedException if it is not signed as it must be
     */
    static VerifiedCheckpoint checkpoint(Bag bag, RangeJson range, Signers signers) throws IOException {
        try {
            return checkpoint(SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES), range, signers);
        } catch (NoteException e) {
            throw new RefusedException(range.checkpoint(), "a checkpoint signed by a trusted log", e.getMessage() + "");
        }
    }

    private static VerifiedCheckpoint checkpoint(byte[] note, RangeJson range, Signers signers)
            throws RefusedException {
        VerifiedCheckpoint verified = signers.checkpoints().verify(SignedNote.parse(note));
        Checkpoint checkpoint = verified.checkpoint();
        if (!verified.signedWith(KeyType.ED25519)) {
            throw new NoteException("the log's Ed25519 key did not sign the checkpoint");
        }
        if (signers.needsMlDsa(checkpoint.origin()) && !verified.signedWith(KeyType.ML_DSA_44_COSIGNATURE)) {
            throw new NoteException((signers.trusted() ? "the trust file" : PackLayout.LOG_KEYS)
                    + " names an ML-DSA-44 key of the log, which did not sign");
        }
        if (checkpoint.size() != range.proof().size()) {
            throw new RefusedException(
                    PackLayout.RANGE,
                    "a proof in a tree of the checkpoint's size " + checkpoint.size(),
                    "one in a tree of size " + range.proof().size());
        }
        return verified;
    }

    /** The first of the further files that does not fit; null where all do. */
    static @Nullable Failure rest(
            Bag bag,
            RangeJson range,
            PackManifest manifest,
            SignedManifest signed,
            Checkpoint checkpoint,
            PackReader reader)
            throws IOException {
        Failure found = KnownFiles.unknown(bag, range);
        if (found == null) {
            found = new Told(bag, manifest, range, signed, checkpoint, reader).failure();
        }
        if (found == null) {
            found = policies(reader.digests(), signed);
        }
        if (found == null) {
            found = reader.objects().failure(reader.digests());
        }
        return found != null ? found : reader.batches().failure(bag);
    }

    /** A bundle's digest is that of the canonical JSON of its files' digests by their paths (formats, section 8). */
    private static @Nullable Failure policies(Map<String, Digest> digests, SignedManifest signed) {
        SortedMap<String, SortedMap<String, Digest>> bundles = new TreeMap<>();
        for (String path : signed.subjects().keySet()) {
            int slash = path.indexOf('/', PackLayout.POLICY.length());
            Digest digest = digests.get(path);
            if (path.startsWith(PackLayout.POLICY) && slash > 0 && digest != null) {
                bundles.computeIfAbsent(path.substring(PackLayout.POLICY.length(), slash), b -> new TreeMap<>())
                        .put(path.substring(slash + 1), digest);
            }
        }
        for (var bundle : bundles.entrySet()) {
            CanonicalWriter json = new CanonicalWriter();
            json.beginObject();
            bundle.getValue().forEach((path, digest) -> json.name(path).string(digest.toString()));
            json.endObject();
            String found = Digest.of(json.toBytes()).hex();
            if (!found.equals(bundle.getKey())) {
                return Failure.of(
                        PackLayout.POLICY + bundle.getKey(), "a policy bundle with this digest", "one with " + found);
            }
        }
        return null;
    }
}
