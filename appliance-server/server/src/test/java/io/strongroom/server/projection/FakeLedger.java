package io.strongroom.server.projection;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.SealedDisclosures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger in memory, of which tests can damage or drop single bodies and entries. */
public final class FakeLedger implements LedgerReader {
    private final List<Row> rows = new ArrayList<>();
    private final Set<Long> damaged = new HashSet<>();

    /** Appends a record. @return its seq */
    public synchronized long append(TestRecord record, long at) {
        return append(record.stream(), record.source(), record.body(), at);
    }

    /** Appends a record that came in at another time than the ledger took it. @return its seq */
    public synchronized long append(TestRecord record, long receivedAt, long at) {
        return append(record.stream(), record.source(), record.body(), receivedAt, at);
    }

    /** Appends any bytes as a body. @return its seq */
    public synchronized long append(String stream, String source, byte[] body, long at) {
        return append(stream, source, body, at, at);
    }

    private synchronized long append(String stream, String source, byte[] body, long receivedAt, long at) {
        long seq = rows.size();
        byte[] random = ByteBuffer.allocate(RecordId.RANDOM_BYTES)
                .putShort((short) 7)
                .putLong(seq)
                .array();
        Entry entry = new Entry(
                seq,
                at,
                RecordId.of(receivedAt, random),
                Digest.ZERO,
                Digest.ZERO,
                Digest.of(body),
                "standard",
                source,
                null,
                stream);
        rows.add(new Row(entry, Digest.ZERO, body));
        notifyAll();
        return seq;
    }

    /** The entry cannot be read any more. */
    public synchronized void damage(long seq) {
        damaged.add(seq);
    }

    /** The body has become another one, or is gone. */
    public synchronized void replaceBody(long seq, byte @Nullable [] body) {
        Row row = rows.get((int) seq);
        rows.set((int) seq, new Row(row.entry(), row.leaf(), body));
    }

    @Override
    public synchronized long size() {
        return rows.size();
    }

    @Override
    public void read(long from, long to, boolean bodies, Rows sink) {
        if (from < 0 || to > size() || from > to) {
            throw new IllegalArgumentException("[" + from + ", " + to + ") of " + size());
        }
        for (long seq = from; seq < to; seq++) {
            if (!sink.take(row(seq))) {
                return;
            }
        }
    }

    private synchronized Row row(long seq) {
        if (damaged.contains(seq)) {
            throw new LedgerDamagedException("entry " + seq + " does not match its leaf");
        }
        return rows.get((int) seq);
    }

    @Override
    public Optional<Row> find(long seq) {
        return seq < size() ? Optional.of(row(seq)) : Optional.empty();
    }

    @Override
    public List<Row> find(List<Long> seqs) {
        return seqs.stream().map(this::row).filter(row -> row.body() != null).toList();
    }

    @Override
    public List<SealedDisclosures> disclosures(long seq) {
        return List.of();
    }

    @Override
    public synchronized boolean awaitGrowth(long size, long millis) throws InterruptedException {
        if (rows.size() <= size) {
            wait(millis);
        }
        return rows.size() > size;
    }
}
