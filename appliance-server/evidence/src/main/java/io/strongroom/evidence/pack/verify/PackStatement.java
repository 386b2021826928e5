package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pack says of itself beside its records: who asked for it and what for, what was asked for, what made it, and who
 * signed. To be asked only of packs that verified.
 *
 * @param selection what was asked for, by name: texts as they are, all else as JSON
 * @param withheld places in records of which they had left out what is kept apart; one that is empty means all of it
 * @param files that the signed statement lists
 * @param signedBy the keys whose signature of the statement verifies
 * @param checkpoint with the keys that signed it, and the witnesses known
 */
public record PackStatement(
        String packId,
        String tenant,
        String createdAt,
        Reader reader,
        String purpose,
        Map<String, String> selection,
        List<String> withheld,
        String format,
        Tool tool,
        int files,
        List<VerifyingKey> signedBy,
        VerifiedCheckpoint checkpoint) {
    private static final int SMALL = 1 << 20;
    private static final int MANIFEST = 64 << 20;

    /**
     * Who asked for a pack.
     *
     * @param roles those in which they did, a space between two
     * @param maskingProfiles those that applied, a space between two; empty for none
     */
    public record Reader(String id, String roles, String maskingProfiles) {}

    /** What wrote a pack. */
    public record Tool(String name, String version) {}

    /**
     * Reads the one of this pack.
     *
     * @param trust whose signatures count; null to take the keys in the pack
     * @throws IOException if the pack cannot be read, or is not as it was when it verified
     */
    public static PackStatement of(Path pack, @Nullable TrustFile trust) throws IOException {
        try (Bag bag = PackVerifier.open(pack)) {
            Signers signers = trust == null ? Signers.ofPack(bag) : Signers.of(trust);
            CanonicalObject manifest = CanonicalObject.of(SmallFiles.read(bag, PackLayout.MANIFEST, MANIFEST));
            SignedManifest signed = SignedManifest.parse(SmallFiles.read(bag, PackLayout.SIGNED_MANIFEST, MANIFEST));
            RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
            SignedNote note = SignedNote.parse(SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES));
            CanonicalObject reader = manifest.require("reader").object();
            CanonicalObject tool = manifest.require("tool").object();
            return new PackStatement(
                    manifest.require("packageId").string(),
                    manifest.require("tenantId").string(),
                    signed.createdAt(),
                    new Reader(
                            reader.require("id").string(),
                            reader.require("role").string(),
                            reader.require("maskingProfile").string()),
                    manifest.require("purpose").string(),
                    told(manifest.require("selection").object()),
                    PackManifest.withhold(manifest).stream()
                            .map(JsonPointer::toString)
                            .toList(),
                    manifest.require("format").string(),
                    new Tool(
                            tool.require("name").string(),
                            tool.require("version").string()),
                    signed.subjects().size(),
                    signed.envelope().verifiedBy(signers.packKeysAt(Rfc3339.parse(signed.createdAt()))),
                    signers.checkpoints().verify(note));
        } catch (JsonException | NoteException | IllegalArgumentException e) {
            throw new IOException("the pack is not as it was when it was verified: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> told(CanonicalObject selection) {
        Map<String, String> told = new LinkedHashMap<>();
        for (int i = 0; i < selection.size(); i++) {
            JsonSlice value = selection.value(i);
            told.put(
                    selection.name(i),
                    value.reader().peek() == JsonToken.STRING
                            ? value.string()
                            : new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8));
        }
        return told;
    }
}
