package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pack tells of itself beside its records, in {@code manifest.json}, {@code bag-info.txt} and {@code bagit.txt},
 * compared with what is there. It is signed, but by whoever made the pack: that alone makes none of it true.
 */
final class Told {
    private static final int SMALL = 1 << 20;
    private static final int DATE = "2026-11-21".length();
    private static final List<String> PARTS =
            List.of(PackLayout.RECORDS, PackLayout.ENTRIES, PackLayout.DISCLOSURES, PackLayout.MASKED);

    private final Bag bag;
    private final PackManifest manifest;
    private final RangeJson range;
    private final SignedManifest signed;
    private final Checkpoint checkpoint;
    private final PackReader reader;

    Told(
            Bag bag,
            PackManifest manifest,
            RangeJson range,
            SignedManifest signed,
            Checkpoint checkpoint,
            PackReader reader) {
        this.bag = bag;
        this.manifest = manifest;
        this.range = range;
        this.signed = signed;
        this.checkpoint = checkpoint;
        this.reader = reader;
    }

    /** The first that is not so; null where all is. */
    @Nullable
    Failure failure() throws IOException {
        Failure found = folder();
        found = found != null ? found : ledger();
        found = found != null ? found : tenant();
        found = found != null ? found : parts();
        found = found != null ? found : tables();
        found = found != null ? found : policies();
        found = found != null ? found : keys();
        found = found != null
                ? found
                : text(PackLayout.BAGIT, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        return found != null ? found : text(PackLayout.BAG_INFO, bagInfo());
    }

    /** Packs are told apart by their folders once they are unpacked; a zip says there which one it is. */
    private @Nullable Failure folder() {
        String folder = bag.folder();
        return folder == null || folder.equals(manifest.packId())
                ? null
                : Failure.of(null, "in the zip the one folder " + manifest.packId(), folder);
    }

    private @Nullable Failure ledger() {
        RecordedWalk walk = reader.walk();
        if (walk == null) {
            return Failure.of(PackLayout.MANIFEST, "records to count", "none");
        }
        long from = range.proof().from();
        long to = range.proof().to();
        String ties = PackLayout.checkpoint(checkpoint.size()) + " and " + PackLayout.leaves(from, to);
        if (!ties.equals(range.checkpoint() + " and " + range.leaves())) {
            return Failure.of(PackLayout.RANGE, ties, range.checkpoint() + " and " + range.leaves());
        }
        PackManifest.Counts counts = new PackManifest.Counts(
                to - from,
                walk.entryCount(),
                walk.recordCount(),
                reader.disclosedRecords(),
                walk.notSelected().count(),
                walk.bodiesLeftOut().count());
        String is = new PackManifest.Head(
                        checkpoint.origin(),
                        PackLayout.checkpoint(checkpoint.size()),
                        checkpoint.root().toString(),
                        checkpoint.size())
                + ", " + new PackManifest.Range(from, PackLayout.leaves(from, to), PackLayout.RANGE, to) + ", "
                + counts;
        return compare(is, manifest.checkpoint() + ", " + manifest.range() + ", " + manifest.counts());
    }

    /** A ledger's name has its tenant's, in lower case, between its host's and its installation's. */
    private @Nullable Failure tenant() {
        String[] name = checkpoint.origin().split("/", -1);
        String tenant = manifest.tenant().toLowerCase(Locale.ROOT);
        return name.length == 3 && name[1].equals(tenant)
                ? null
                : Failure.of(PackLayout.MANIFEST, "the tenant of the ledger " + checkpoint.origin(), manifest.tenant());
    }

    /** The manifest lists the parts that are here, and no other file, each as it is. */
    private @Nullable Failure parts() {
        Set<String> listed = new HashSet<>();
        Map<String, PartPlaces.Span> spans = reader.spans();
        for (PackManifest.Part part : manifest.parts()) {
            String path = part.path();
            if (PARTS.stream().noneMatch(path::startsWith) || !listed.add(path)) {
                return Failure.of(PackLayout.MANIFEST, "parts of lines, each once", path);
            }
            String says = "sha256:" + part.sha256() + ", " + part.size() + " bytes, " + part.span();
            String is = reader.digests().get(path) + ", " + bag.files().get(path) + " bytes, " + spans.get(path);
            Failure found = compare(path + ": " + is, path + ": " + says);
            if (found != null) {
                return found;
            }
        }
        for (String path : bag.files().keySet()) {
            if (PARTS.stream().anyMatch(path::startsWith) && !listed.contains(path)) {
                return Failure.of(PackLayout.MANIFEST, "the part " + path, "none of that name");
            }
        }
        return null;
    }

    /** Tables are there where they were asked for, and nowhere else. */
    private @Nullable Failure tables() {
        boolean here = bag.files().keySet().stream().anyMatch(path -> path.startsWith(PackLayout.TABLES));
        return compare("the format " + (here ? "parquet" : "ndjson"), "the format " + manifest.format());
    }

    /** Each bundle whose files are here is named, once; that one is named which is not here, is told elsewhere. */
    private @Nullable Failure policies() {
        Set<String> named = new HashSet<>();
        for (PackManifest.Policy policy : manifest.policies()) {
            if (!policy.bundle().startsWith("sha256:")
                    || !named.add(policy.bundle().substring("sha256:".length()))) {
                return Failure.of(PackLayout.MANIFEST, "digests of bundles, each once", policy.bundle());
            }
        }
        for (String path : bag.files().keySet()) {
            if (path.startsWith(PackLayout.POLICY)) {
                String bundle =
                        path.substring(PackLayout.POLICY.length(), path.indexOf('/', PackLayout.POLICY.length()));
                if (!named.contains(bundle)) {
                    return Failure.of(PackLayout.MANIFEST, "the bundle sha256:" + bundle, "none of that digest");
                }
            }
        }
        return null;
    }

    /** The keys in the pack are the ones that are named; those of the pack signed it, and one of the log's its checkpoint. */
    private @Nullable Failure keys() throws IOException {
        List<PackManifest.Key> here = new ArrayList<>();
        for (String path : bag.files().keySet()) {
            try {
                if (path.equals(PackLayout.LOG_KEYS)) {
                    here.addAll(logKeys());
                } else if (path.startsWith(PackLayout.KEYS)) {
                    here.add(packKey(path));
                }
            } catch (IllegalArgumentException | NoteException e) {
                return Failure.of(path, "keys that signed what is here", String.valueOf(e.getMessage()));
            }
        }
        for (PackManifest.Key key : manifest.keys()) {
            if (!here.remove(key)) {
                return Failure.of(PackLayout.MANIFEST, "keys that are here", String.valueOf(key));
            }
        }
        return here.isEmpty()
                ? null
                : Failure.of(PackLayout.MANIFEST, String.valueOf(here.getFirst()), "no such key named");
    }

    private PackManifest.Key packKey(String path) throws IOException {
        VerifyingKey key = Signers.key(bag, path);
        if (signed.envelope().verifiedBy(List.of(key)).isEmpty()) {
            throw new IllegalArgumentException("a key that did not sign the pack");
        }
        return new PackManifest.Key(key.algorithm().label(), key.id().toString(), path, "pack");
    }

    private List<PackManifest.Key> logKeys() throws IOException {
        List<VerifierKey> keys = new ArrayList<>();
        utf8(PackLayout.LOG_KEYS).lines().map(VerifierKey::parse).forEach(keys::add);
        SignedNote note = SignedNote.parse(SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES));
        if (!new CheckpointVerifier(keys, List.of()).verify(note).signedWith(KeyType.ED25519)) {
            throw new IllegalArgumentException("none that signed the checkpoint with Ed25519");
        }
        return keys.stream()
                .map(key -> new PackManifest.Key(
                        key.type().algorithm().label(), key.key().id().toString(), PackLayout.LOG_KEYS, "log"))
                .collect(Collectors.toList());
    }

    private String bagInfo() {
        long bytes = 0;
        long files = 0;
        for (var file : bag.files().entrySet()) {
            if (file.getKey().startsWith(PackLayout.PAYLOAD)) {
                bytes += file.getValue();
                files++;
            }
        }
        return "Bag-Software-Agent: " + manifest.tool().name() + " "
                + manifest.tool().version() + "\n"
                + "Bagging-Date: " + manifest.createdAt().substring(0, DATE) + "\n"
                + "External-Identifier: " + manifest.packId() + "\n"
                + "Payload-Oxum: " + bytes + "." + files + "\n";
    }

    /** A file of the bag says what the manifest says, and nothing else. */
    private @Nullable Failure text(String path, String expected) throws IOException {
        String found = utf8(path);
        return found.equals(expected) ? null : Failure.of(path, expected, found);
    }

    private String utf8(String path) throws IOException {
        return new String(SmallFiles.read(bag, path, SMALL), StandardCharsets.UTF_8);
    }

    private static @Nullable Failure compare(String is, String says) {
        return is.equals(says) ? null : Failure.of(PackLayout.MANIFEST, is, says);
    }
}
