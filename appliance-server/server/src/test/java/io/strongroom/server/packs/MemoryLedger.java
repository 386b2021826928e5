package io.strongroom.server.packs;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.SealedDisclosures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger in memory, of records that follow one pattern. */
final class MemoryLedger implements LedgerReader {
    static final long MIDNIGHT = Rfc3339.parse("2026-11-21T00:00:00.000Z");

    private final List<Row> rows = new ArrayList<>();

    MemoryLedger append(int count) {
        for (int i = 0; i < count; i++) {
            rows.add(make(
                    rows.size(), rows.isEmpty() ? Digest.ZERO : rows.getLast().leaf(), ""));
        }
        return this;
    }

    Row row(long seq) {
        return rows.get((int) seq);
    }

    /** A record whose body depends on nothing but its place. */
    static Row make(long seq, Digest prev, String padding) {
        RecordId id =
                RecordId.of(MIDNIGHT + seq, ByteBuffer.allocate(10).putLong(seq).array());
        byte[] body = ("{\"action\":\"Appointment.Booked\",\"actor\":{\"id\":\"user-" + seq % 10
                        + "\",\"type\":\"User\"},\"attributes\":{\"carrier\":\"DHL\"" + padding
                        + "},\"labels\":{\"env\":\"prod\"},\"occurredAt\":\"" + Rfc3339.format(MIDNIGHT + seq)
                        + "\",\"outcome\":\"success\",\"policy\":{\"classification\":\"INTERNAL\"},\"recordId\":\"" + id
                        + "\",\"resource\":{\"id\":\"apt_" + seq + "\",\"type\":\"Appointment\"},\"source\":{\"id\":"
                        + "\"order-service\",\"sequence\":" + seq + "},\"stream\":\"audit.security\",\"v\":1}")
                .getBytes(StandardCharsets.UTF_8);
        Entry entry = new Entry(
                seq,
                MIDNIGHT + seq,
                id,
                Digest.ZERO,
                prev,
                Digest.of(body),
                "audit-7y",
                "order-service",
                seq,
                "audit.security");
        return new Row(entry, entry.leaf(), body);
    }

    HashSource hashes() {
        return this::hash;
    }

    private Digest hash(int level, long index) {
        return level == 0
                ? rows.get((int) index).leaf()
                : Rfc9162.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }

    Digest root() {
        return root(0, rows.size());
    }

    private Digest root(int from, int to) {
        if (from == to) {
            return Rfc9162.EMPTY_ROOT;
        }
        if (to - from == 1) {
            return rows.get(from).leaf();
        }
        int split = Integer.highestOneBit(to - from - 1);
        return Rfc9162.node(root(from, from + split), root(from + split, to));
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public void read(long from, long to, boolean bodies, Rows taking) {
        for (long seq = from; seq < to; seq++) {
            Row row = row(seq);
            if (!taking.take(bodies ? row : new Row(row.entry(), row.leaf(), null))) {
                return;
            }
        }
    }

    @Override
    public Optional<Row> find(long seq) {
        return seq < rows.size() ? Optional.of(row(seq)) : Optional.empty();
    }

    @Override
    public List<Row> find(List<Long> seqs) {
        return seqs.stream().map(this::row).toList();
    }

    @Override
    public List<SealedDisclosures> disclosures(long seq) {
        return List.of();
    }

    @Override
    public boolean awaitGrowth(long size, long millis) {
        return rows.size() > size;
    }
}
