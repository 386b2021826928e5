package io.strongroom.server.packs;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.SealedDisclosures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a pack of far more than its heap: run in a process of its own with a small one. */
final class ManyRecords implements LedgerReader {
    static final int COUNT = 200_000;

    private static final String PADDING = ",\"note\":\"" + "x".repeat(600) + "\"";

    private ManyRecords() {}

    public static void main(String[] arguments) throws IOException {
        ManyRecords ledger = new ManyRecords();
        Frontier tree = new Frontier();
        ledger.read(0, COUNT, false, row -> {
            tree.append(row.leaf());
            return true;
        });
        LedgerPacks packs = TestPacks.of(ledger, ManyRecords::hashes, tree::root, Path.of(arguments[0]));
        for (ExportFormat format : ExportFormat.values()) {
            ExportJob job = LedgerPacksTest.job(Selection.ALL, format);
            long[] bytes = {0};
            packs.make(job, packs.freeze(job), new Counting(bytes), (done, total) -> {});
            System.out.println(format + " made " + COUNT + " records into " + bytes[0] + " bytes");
        }
    }

    /** The range is the whole tree: its proof needs no hash beside it. */
    private static HashSource hashes() {
        return (level, index) -> Rfc9162.EMPTY_ROOT;
    }

    @Override
    public long size() {
        return COUNT;
    }

    @Override
    public void read(long from, long to, boolean bodies, Rows rows) {
        Digest prev = Digest.ZERO;
        for (long seq = from; seq < to; seq++) {
            Row row = MemoryLedger.make(seq, prev, PADDING);
            prev = row.leaf();
            if (!rows.take(bodies ? row : new Row(row.entry(), row.leaf(), null))) {
                return;
            }
        }
    }

    @Override
    public Optional<Row> find(long seq) {
        throw new UnsupportedOperationException("no record here commits to anything");
    }

    @Override
    public List<Row> find(List<Long> seqs) {
        throw new UnsupportedOperationException("no record here commits to anything");
    }

    @Override
    public List<SealedDisclosures> disclosures(long seq) {
        return List.of();
    }

    @Override
    public boolean awaitGrowth(long size, long millis) {
        return false;
    }

    private static final class Counting extends OutputStream {
        private final long[] bytes;

        Counting(long[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes[0]++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes[0] += length;
        }
    }
}
