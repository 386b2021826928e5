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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the last rung checks beside the records. */
final class Recorded {
    private static final List<String> PARTS = List.of(PackLayout.RECORDS, PackLayout.ENTRIES, PackLayout.DISCLOSURES);

    private Recorded() {}

    /** Opens the checkpoint that the range is tied to. */
    static VerifiedCheckpoint checkpoint(Bag bag, RangeJson range, Signers signers) throws IOException {
        byte[] note = SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES);
        VerifiedCheckpoint verified = signers.checkpoints().verify(SignedNote.parse(note));
        Checkpoint checkpoint = verified.checkpoint();
        if (!verified.signedWith(KeyType.ED25519)) {
            throw new NoteException("the log's Ed25519 key did not sign the checkpoint");
        }
        if (signers.needsMlDsa(checkpoint.origin()) && !verified.signedWith(KeyType.ML_DSA_44_COSIGNATURE)) {
            throw new NoteException("the trust file names an ML-DSA-44 key of the log, which did not sign");
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
            VerifiedCheckpoint verified,
            PackReader reader,
            Signers signers)
            throws IOException {
        Failure found = manifest(bag, range, manifest, verified.checkpoint(), reader);
        if (found == null) {
            found = policies(reader.digests(), signed);
        }
        if (found == null) {
            found = reader.objects().failure(reader.digests());
        }
        if (found == null) {
            found = reader.batches().failure(bag);
        }
        return found != null ? found : checkpoints(bag, signers);
    }

    private static @Nullable Failure manifest(
            Bag bag, RangeJson range, PackManifest manifest, Checkpoint checkpoint, PackReader reader) {
        RecordedWalk walk = reader.walk();
        if (walk == null) {
            return Failure.of(PackLayout.MANIFEST, "records to count", "none");
        }
        PackManifest.Counts counts = new PackManifest.Counts(
                range.proof().to() - range.proof().from(),
                walk.entryCount(),
                walk.recordCount(),
                reader.disclosedRecords(),
                walk.notSelected().count(),
                walk.bodiesLeftOut().count());
        String is = checkpoint.origin() + ", size " + checkpoint.size() + ", root " + checkpoint.root() + ", range ["
                + range.proof().from() + ", " + range.proof().to() + "), " + counts;
        String says = manifest.origin() + ", size " + manifest.size() + ", root " + manifest.root() + ", range ["
                + manifest.from() + ", " + manifest.to() + "), " + manifest.counts();
        if (!is.equals(says)) {
            return Failure.of(PackLayout.MANIFEST, is, says);
        }
        return parts(bag, manifest, reader);
    }

    /** The manifest lists the parts that are here, each as it is. */
    private static @Nullable Failure parts(Bag bag, PackManifest manifest, PackReader reader) {
        Set<String> listed =
                manifest.parts().stream().map(PackManifest.Part::path).collect(Collectors.toSet());
        for (String path : bag.files().keySet()) {
            if (PARTS.stream().anyMatch(path::startsWith) && !listed.contains(path)) {
                return Failure.of(PackLayout.MANIFEST, "the part " + path, "none of that name");
            }
        }
        for (PackManifest.Part part : manifest.parts()) {
            Digest digest = reader.digests().get(part.path());
            Long size = bag.files().get(part.path());
            if (digest == null || size == null || !digest.hex().equals(part.sha256()) || size != part.size()) {
                return Failure.of(
                        PackLayout.MANIFEST,
                        "for " + part.path() + " its digest and size, " + digest + " and " + size,
                        part.sha256() + " and " + part.size());
            }
        }
        return null;
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

    /** Further checkpoints of logs that are trusted must be signed by them. */
    private static @Nullable Failure checkpoints(Bag bag, Signers signers) throws IOException {
        for (String path : bag.files().keySet()) {
            if (path.startsWith(PackLayout.CHECKPOINTS) && path.endsWith(".note")) {
                try {
                    signers.checkpoints().verify(SignedNote.parse(SmallFiles.read(bag, path, SignedNote.MAX_BYTES)));
                } catch (NoteException e) {
                    return Failure.of(path, "a checkpoint signed by a trusted log", e.getMessage() + "");
                }
            }
        }
        return null;
    }
}
