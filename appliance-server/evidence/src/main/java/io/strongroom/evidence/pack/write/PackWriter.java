package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.PackLayout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Writes evidence packs: a BagIt bag (RFC 8493) in one zip, streamed, in memory that does not grow with the pack.
 * Thread-safe; each pack is written by the thread that calls.
 */
public final class PackWriter {
    private static final int OUT_BUFFER = 16 * 1024;

    private final List<SigningKey> signers;
    private final long partBytes;
    private final int level;

    /**
     * A writer whose packs these keys sign. It does not compress: packs are then written and verified several times
     * faster, and no bit of the zip is without meaning.
     *
     * @throws IllegalArgumentException unless there is one key of each algorithm
     */
    public PackWriter(List<SigningKey> signers) {
        this(signers, PackLayout.MAX_PART_BYTES, 0);
    }

    /** A writer that deflates records fast: packs of about a quarter of the length, made at half the speed. */
    public static PackWriter compressing(List<SigningKey> signers) {
        return new PackWriter(signers, PackLayout.MAX_PART_BYTES, 1);
    }

    PackWriter(List<SigningKey> signers, long partBytes, int level) {
        this.level = level;
        this.signers = List.copyOf(signers);
        this.partBytes = partBytes;
        var algorithms = signers.stream().map(SigningKey::algorithm).collect(Collectors.toSet());
        if (signers.size() != 2 || algorithms.size() != SigningAlgorithm.values().length) {
            throw new IllegalArgumentException("a pack is signed with one Ed25519 and one ML-DSA-44 key");
        }
    }

    /** Writes a pack; the stream is flushed and left open. */
    public PackSummary write(PackDescription pack, PackSource source, OutputStream out) throws IOException {
        return write(pack, source, out, done -> {});
    }

    /**
     * Writes a pack.
     *
     * @param progress is told now and then how many lines have been written: records, entries and disclosures
     * @throws IOException if the stream or the source fails; what was written is then no pack
     */
    public PackSummary write(PackDescription pack, PackSource source, OutputStream out, LongConsumer progress)
            throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, OUT_BUFFER);
        BagStream bag = new BagStream(buffered, pack.packId(), level);
        PackContents contents = new PackContents();

        bag.text(PackLayout.OPEN_ME, OpenMe.render(pack, Preview.of(source)));
        bag.bytes(PackLayout.DICTIONARY, pack.dictionary());
        contents.records = lines(bag, PackLayout.RECORDS, contents, progress, source::records);
        contents.entries = lines(bag, PackLayout.ENTRIES, contents, progress, source::entries);
        contents.disclosures = lines(
                bag,
                PackLayout.DISCLOSURES,
                contents,
                progress,
                lines -> source.disclosures((seq, id, disclosures) -> {
                    byte[] line = disclosureLine(seq, id.toString(), disclosures);
                    return lines.line(seq, line, 0, line.length);
                }));
        contents.masked = lines(bag, PackLayout.MASKED, contents, progress, source::masked);
        source.batches(bag::attach);
        attach(bag, pack, true);
        source.objects(bag::attach);
        leaves(bag, pack, source);
        bag.bytes(PackLayout.RANGE, Proofs.range(pack));
        bag.bytes(PackLayout.checkpoint(pack.range().size()), pack.checkpoint().bytes());
        for (SignedNote checkpoint : pack.furtherCheckpoints()) {
            bag.bytes(
                    PackLayout.checkpoint(
                            Checkpoint.parseText(checkpoint.text()).size()),
                    checkpoint.bytes());
        }
        policies(bag, pack);
        attach(bag, pack, false);
        keys(bag, pack);
        bag.text(PackLayout.README, Readme.render(pack, signers));
        bag.bytes(PackLayout.MANIFEST, ManifestJson.render(pack, contents, signers));
        tags(bag, pack);
        long bytes = bag.finish();
        buffered.flush();
        return new PackSummary(
                bytes,
                contents.lines(contents.records),
                contents.lines(contents.entries),
                contents.lines(contents.disclosures),
                pack.range().to() - pack.range().from());
    }

    private List<WrittenPart> lines(
            BagStream bag, String folder, PackContents contents, LongConsumer progress, Walk walk) throws IOException {
        try (PartStream parts = new PartStream(bag, folder, partBytes)) {
            walk.to((seq, bytes, offset, length) -> {
                parts.line(seq, bytes, offset, length);
                if ((++contents.linesDone & 0xfff) == 0) {
                    progress.accept(contents.linesDone);
                }
                return true;
            });
            List<WrittenPart> written = parts.end();
            progress.accept(contents.linesDone);
            return written;
        }
    }

    private interface Walk {
        void to(PackSource.Lines lines) throws IOException;
    }

    private static byte[] disclosureLine(long seq, String recordId, List<Disclosure> disclosures) {
        CanonicalWriter line = new CanonicalWriter();
        line.beginObject().name("disclosures").beginArray();
        disclosures.forEach(disclosure -> line.string(disclosure.encoded()));
        line.endArray()
                .name("recordId")
                .string(recordId)
                .name("seq")
                .integer(seq)
                .endObject();
        return line.toBytes();
    }

    private static void leaves(BagStream bag, PackDescription pack, PackSource source) throws IOException {
        long from = pack.range().from();
        long to = pack.range().to();
        long length = (to - from) * Digest.BYTES;
        try (BagStream.FileOutput file = bag.open(PackLayout.leaves(from, to), length, false)) {
            source.leaves((hashes, offset, count) -> file.write(hashes, offset, count * Digest.BYTES));
            if (file.size() != length) {
                throw new IOException("the source gave " + file.size() / Digest.BYTES + " leaf hashes of the range ["
                        + from + ", " + to + ")");
            }
            file.end();
        }
    }

    private static void attach(BagStream bag, PackDescription pack, boolean payload) throws IOException {
        for (Attachment attachment : pack.attachments()) {
            if (attachment.path().startsWith(PackLayout.PAYLOAD) == payload) {
                bag.attach(attachment);
            }
        }
    }

    private static void policies(BagStream bag, PackDescription pack) throws IOException {
        for (PolicyFiles policy : pack.policies()) {
            for (var file : policy.files().entrySet()) {
                bag.bytes(PackLayout.POLICY + policy.digest().hex() + "/" + file.getKey(), file.getValue());
            }
        }
    }

    private void keys(BagStream bag, PackDescription pack) throws IOException {
        StringBuilder vkeys = new StringBuilder();
        for (VerifierKey key : pack.logKeys()) {
            vkeys.append(key.vkey()).append('\n');
        }
        bag.text(PackLayout.LOG_KEYS, vkeys.toString());
        for (SigningKey signer : signers) {
            bag.text(ManifestJson.keyPath(signer), signer.verifyingKey().pem());
        }
    }

    private void tags(BagStream bag, PackDescription pack) throws IOException {
        bag.text(PackLayout.BAGIT, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        bag.text(PackLayout.BAG_INFO, BagInfo.render(pack, bag.written()));
        bag.text(PackLayout.PAYLOAD_MANIFEST, bag.manifest(true));
        List<InTotoStatement.Subject> subjects = new ArrayList<>();
        for (WrittenFile file : bag.written()) {
            subjects.add(InTotoStatement.Subject.of(file.path(), file.digest()));
        }
        InTotoStatement statement =
                new InTotoStatement(subjects, PackLayout.PREDICATE_TYPE, ManifestJson.predicate(pack));
        bag.bytes(
                PackLayout.SIGNED_MANIFEST,
                DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, statement.toJson(), signers)
                        .toJson());
        bag.text(PackLayout.TAG_MANIFEST, bag.manifest(false));
    }
}
