package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.Rfc9162;
import java.io.IOException;

/**
 * A record that the server itself wrote, brought along beside its proof: {@code <name>.json} and
 * {@code <name>.tlog-proof}, which holds the entry.
 *
 * @param file the record's path
 * @param entry proven to stand in the ledger
 * @param bytes those that the entry names
 */
record SystemRecord(String file, Entry entry, byte[] bytes) {
    private static final int MAX_RECORD = 1 << 20;
    private static final int MAX_PROOF = 1 << 20;

    /** Whether an entry is the server's own, in this stream: nobody else may write there. */
    static boolean isOf(Entry entry, String stream) {
        return entry.stream().equals(stream) && entry.source().equals(SourceId.STRONGROOM.value());
    }

    /**
     * Reads one and verifies its proof.
     *
     * @param proof path of the proof
     * @param what it is, for the reason of a refusal
     * @throws RefusedException if it is not in the ledger, or another record
     */
    static SystemRecord read(Bag bag, String proof, String stream, String what, Signers signers, String origin)
            throws IOException {
        String file = proof.substring(0, proof.length() - PackLayout.PROOF.length()) + ".json";
        byte[] record = SmallFiles.read(bag, file, MAX_RECORD);
        try {
            TlogProof parsed = TlogProof.parse(SmallFiles.read(bag, proof, MAX_PROOF));
            byte[] leafData = parsed.leafData().orElseThrow(() -> new NoteException("it brings no entry along"));
            var verified = parsed.verify(Rfc9162.leaf(leafData), signers.checkpoints());
            Entry entry = Entry.parse(leafData);
            if (!isOf(entry, stream)
                    || entry.seq() != parsed.index()
                    || !verified.checkpoint().origin().equals(origin)) {
                throw new NoteException("it is no " + what + " of this ledger");
            }
            Digest digest = Digest.of(record);
            if (!entry.record().equals(digest)) {
                throw new RefusedException(file, entry.record().toString(), digest.toString());
            }
            return new SystemRecord(file, entry, record);
        } catch (NoteException | JsonException e) {
            throw new RefusedException(proof, "the proof of an " + what, e.getMessage() + "");
        }
    }

    /** @throws JsonException if it has no attributes */
    CanonicalObject attributes() {
        return CanonicalObject.of(bytes).require("attributes").object();
    }
}
