package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What ties one record of a pack to the ledger's checkpoint: its digest stands in its entry, and the entry's leaf hash
 * leads to the checkpoint's root. Made from the leaf hashes in the pack, and verified.
 *
 * @param record the SHA-256 of the stored record, as its entry has it
 * @param leaf the entry's leaf hash
 * @param file the same as a proof file, which verifies without the pack
 * @param checkpoint with the keys that signed it, and the witnesses known
 */
public record PackProof(Entry entry, Digest record, Digest leaf, TlogProof file, VerifiedCheckpoint checkpoint) {
    private static final int SMALL = 1 << 20;

    /**
     * Makes the proof of a record that was read from this pack. Interrupting the thread ends it.
     *
     * @param trust whose signatures count; null to take the keys in the pack
     * @throws IOException if the pack cannot be read, or is not as it was when it verified
     */
    public static PackProof of(Path pack, @Nullable TrustFile trust, PackRecord record) throws IOException {
        try (Bag bag = PackVerifier.open(pack)) {
            Signers signers = trust == null ? Signers.ofPack(bag) : Signers.of(trust);
            RangeJson range = RangeJson.parse(SmallFiles.read(bag, PackLayout.RANGE, SMALL));
            SignedNote note = SignedNote.parse(SmallFiles.read(bag, range.checkpoint(), SignedNote.MAX_BYTES));
            Entry entry = Entry.parse(record.entry());
            TlogProof file = TlogProof.of(
                    record.entry(),
                    InclusionProof.of(
                            new RangeHashes(bag, range),
                            entry.seq(),
                            range.proof().size()),
                    note);
            Digest digest = Digest.of(record.record());
            if (!digest.equals(entry.record())) {
                throw new IOException("the record at place " + entry.seq() + " is not the one that its entry names");
            }
            return new PackProof(entry, digest, entry.leaf(), file, file.verify(entry.leaf(), signers.checkpoints()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoteException | IllegalArgumentException e) {
            throw new IOException("the pack is not as it was when it was verified: " + e.getMessage(), e);
        }
    }
}
