package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * That a bundle came into force, and who approved it (formats §8).
 *
 * @param bundle the bundle's digest
 * @param record the stored record {@code policy.activated}, its canonical bytes
 * @param proof that the record's entry stands in the ledger, with the entry
 * @param approvals each with the key that its officer had
 */
public record PolicyActivation(Digest bundle, byte[] record, TlogProof proof, List<Given> approvals) {
    /** An approval and the officer whom it names. */
    public record Given(SignedApproval approval, Officer officer) {}

    public PolicyActivation {
        approvals = List.copyOf(approvals);
    }

    /** The files that go into the pack. */
    public List<Attachment> attachments() {
        String folder = PackLayout.approvals(bundle, proof.index());
        List<Attachment> files = new ArrayList<>();
        files.add(Attachment.of(folder + "activation.json", record));
        files.add(Attachment.of(folder + "activation" + PackLayout.PROOF, proof.bytes()));
        int number = 1;
        for (Given given : approvals) {
            files.add(Attachment.of(
                    folder + number + ".dsse.json", given.approval().toJson()));
            files.add(Attachment.of(
                    folder + number + ".pem", given.officer().key().pem().getBytes(StandardCharsets.US_ASCII)));
            number++;
        }
        return files;
    }
}
