package io.strongroom.agent.queue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.strongroom.agent.files.DurableFile;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.verify.BatchException;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.BatchLines;
import io.strongroom.evidence.batch.verify.SignedBatch;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The batch that is sent next: signed, written as it travels, and read again after a start. */
final class BatchFile {
    /** Fast, and a tenth of the size. */
    private static final int LEVEL = 3;

    private BatchFile() {}

    static CutBatch sign(StreamName stream, String epoch, long first, List<byte[]> lines, Digest previous, Sealing by) {
        BatchHead head = new BatchHead(
                by.device(),
                stream,
                by.sentAt(),
                Epoch.ofBytes(HexFormat.of().parseHex(epoch)),
                first,
                first + lines.size() - 1,
                previous,
                by.boot(),
                by.monotonicMillis(),
                LineEncoding.ZSTD);
        byte[] cose = BatchWriter.sign(head, lines, by.signer());
        byte[] frame = BatchWriter.frame(cose, Zstd.compress(BatchWriter.join(lines), LEVEL));
        return new CutBatch(stream, frame, Digest.of(cose), epoch, first, head.last());
    }

    static void write(Path file, CutBatch batch) throws IOException {
        DurableFile.write(file, batch.frame());
    }

    /** A batch with its lines. */
    record Read(CutBatch batch, List<byte[]> lines) {}

    /**
     * Reads it, and checks that its lines are those that were signed.
     *
     * @return empty if it cannot be read as what was written
     */
    static Optional<Read> read(Path file) throws IOException {
        if (Files.size(file) > BatchLayout.MOST_BYTES) {
            return Optional.empty();
        }
        byte[] frame = Files.readAllBytes(file);
        try {
            BatchFrame parts = BatchFrame.parse(frame);
            SignedBatch signed = SignedBatch.parse(parts.cose());
            BatchHead head = signed.head();
            List<byte[]> lines = new ArrayList<>();
            try (InputStream decoded = new ZstdInputStream(
                    new ByteArrayInputStream(parts.encodedLines().readAllBytes()))) {
                BatchLines all = BatchLines.read(signed, decoded);
                for (int i = 0; i < all.size(); i++) {
                    lines.add(Arrays.copyOfRange(all.buffer(), all.offset(i), all.offset(i) + all.length(i)));
                }
            }
            CutBatch batch = new CutBatch(
                    head.stream(), frame, signed.digest(), head.epoch().toString(), head.first(), head.last());
            return Optional.of(new Read(batch, lines));
        } catch (BatchException | IOException e) {
            return Optional.empty();
        }
    }
}
