package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.trust.TrustFile;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies a bare proof file: that one entry, and the record it names, stands in a log's checkpointed tree. */
public final class ProofVerifier {
    private ProofVerifier() {}

    /**
     * What was proven.
     *
     * @param trusted whether the checkpoint is signed by a log of the trust file; or else only its arithmetic holds
     * @param entry null where the leaf is no entry of ours
     * @param recordMatched whether a record was given, and is the one that the entry names
     */
    public record Proven(
            Checkpoint checkpoint,
            long index,
            Digest leaf,
            @Nullable Entry entry,
            boolean trusted,
            boolean recordMatched) {}

    /**
     * Verifies a proof file.
     *
     * @param record the stored record's bytes, a trailing newline allowed; or, where the file brings no leaf data, the
     *     leaf data itself; null where none is given
     * @throws RefusedException if it does not hold
     */
    public static Proven verify(byte[] file, @Nullable TrustFile trust, byte @Nullable [] record)
            throws RefusedException {
        TlogProof proof;
        try {
            proof = TlogProof.parse(file);
        } catch (NoteException e) {
            throw new RefusedException(null, "a proof file", e.getMessage() + "");
        }
        byte[] given = record == null ? null : withoutNewline(record);
        byte[] leafData = proof.leafData().orElse(given);
        if (leafData == null) {
            throw new RefusedException(null, "the entry, in the proof file or with --record", "neither");
        }
        Digest leaf = Rfc9162.leaf(leafData);
        Checkpoint checkpoint = checkpoint(proof, leaf, trust);
        Entry entry = entry(leafData);
        if (entry != null && entry.seq() != proof.index()) {
            throw new RefusedException(null, "an entry of place " + proof.index(), "one of place " + entry.seq());
        }
        boolean matched = false;
        if (given != null && proof.leafData().isPresent()) {
            if (entry == null || !entry.record().equals(Digest.of(given))) {
                throw new RefusedException(
                        null,
                        "a record with the digest " + (entry == null ? "that the entry names" : entry.record()),
                        "one with " + Digest.of(given));
            }
            matched = true;
        }
        return new Proven(checkpoint, proof.index(), leaf, entry, trust != null, matched);
    }

    private static Checkpoint checkpoint(TlogProof proof, Digest leaf, @Nullable TrustFile trust)
            throws RefusedException {
        try {
            if (trust != null) {
                VerifiedCheckpoint verified = proof.verify(leaf, trust.checkpoints());
                Set<VerifierKey> cosigners = new HashSet<>();
                verified.cosignatures().forEach(cosignature -> cosigners.add(cosignature.key()));
                if (!trust.quorum().metBy(cosigners)) {
                    throw new RefusedException(
                            null,
                            "witnesses of the quorum " + trust.quorum().name(),
                            cosigners.size() + " of those known");
                }
                return verified.checkpoint();
            }
            Checkpoint checkpoint = Checkpoint.parseText(proof.checkpoint().text());
            if (!new InclusionProof(proof.index(), checkpoint.size(), proof.hashes())
                    .verifies(leaf, checkpoint.root())) {
                throw new RefusedException(null, "a proof that leads to the root " + checkpoint.root(), "another root");
            }
            return checkpoint;
        } catch (NoteException e) {
            throw new RefusedException(null, "a proof under a trusted checkpoint", e.getMessage() + "");
        }
    }

    private static @Nullable Entry entry(byte[] leafData) {
        try {
            return Entry.parse(leafData);
        } catch (JsonException e) {
            // A leaf of another log is as good a leaf.
            return null;
        }
    }

    private static byte[] withoutNewline(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
