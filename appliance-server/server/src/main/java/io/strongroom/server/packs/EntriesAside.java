package io.strongroom.server.packs;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.pack.write.PackSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What the walk of the records meets of their entries, put aside until it is the pack's turn to hold it: the leaf hashes
 * of all, and the entries that are selected, each in about a hundred bytes. A second walk would read and check every block
 * again.
 *
 * <p>For one thread. First it is written, then {@link #end}ed, then read.
 */
final class EntriesAside implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LEAVES = 2048;
    private static final long NO_SOURCE_SEQ = -1;

    private final Aside entries;
    private final Aside leaves;
    private final DataOutputStream out;
    private final OutputStream hashes;
    private final byte[] hash = new byte[Digest.BYTES];
    private Kind last = Kind.NONE;
    private long count;

    /** What an entry mostly has in common with the one before it: it is put aside where it differs. */
    private record Kind(Digest policy, String retain, String source, String stream) {
        static final Kind NONE = new Kind(Digest.ZERO, "", "", "");

        boolean isOf(Entry entry) {
            return policy.equals(entry.policy())
                    && retain.equals(entry.retain())
                    && source.equals(entry.source())
                    && stream.equals(entry.stream());
        }
    }

    /** Where files that are put aside come from. */
    @FunctionalInterface
    interface Asides {
        /** @param what begins the file's name */
        Aside open(String what) throws IOException;
    }

    EntriesAside(Asides asides) throws IOException {
        this.entries = asides.open("entries");
        try {
            this.leaves = asides.open("leaves");
            this.out = new DataOutputStream(new BufferedOutputStream(entries.out(), BUFFER_BYTES));
            this.hashes = new BufferedOutputStream(leaves.out(), BUFFER_BYTES);
        } catch (IOException e) {
            entries.close();
            throw e;
        }
    }

    void leaf(Digest leaf) throws IOException {
        write(leaf, hashes);
    }

    private void write(Digest digest, OutputStream to) throws IOException {
        digest.copyTo(hash, 0);
        to.write(hash, 0, hash.length);
    }

    void entry(Entry entry) throws IOException {
        boolean same = last.isOf(entry);
        out.writeBoolean(same);
        if (!same) {
            write(entry.policy(), out);
            out.writeUTF(entry.retain());
            out.writeUTF(entry.source());
            out.writeUTF(entry.stream());
            last = new Kind(entry.policy(), entry.retain(), entry.source(), entry.stream());
        }
        out.writeLong(entry.seq());
        out.writeLong(entry.at());
        out.writeLong(entry.id().high());
        out.writeLong(entry.id().low());
        write(entry.prev(), out);
        write(entry.record(), out);
        out.writeLong(entry.sourceSeq() == null ? NO_SOURCE_SEQ : entry.sourceSeq());
        count++;
    }

    /** After the last of both. */
    void end() throws IOException {
        out.flush();
        entries.end();
        hashes.flush();
        leaves.end();
    }

    /** Hands the entries' leaf data over, in the order in which they came. */
    void entries(PackSource.Lines lines) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(entries.in(), BUFFER_BYTES))) {
            byte[] line = new byte[Entry.MAX_BYTES];
            Kind kind = Kind.NONE;
            boolean wanted = true;
            for (long i = 0; i < count && wanted; i++) {
                kind = in.readBoolean() ? kind : new Kind(digest(in), in.readUTF(), in.readUTF(), in.readUTF());
                Entry entry = entry(in, kind);
                wanted = lines.line(entry.seq(), line, 0, entry.writeLeafData(line));
            }
        }
    }

    private Entry entry(DataInputStream in, Kind kind) throws IOException {
        long seq = in.readLong();
        long at = in.readLong();
        RecordId id = new RecordId(in.readLong(), in.readLong());
        Digest prev = digest(in);
        Digest record = digest(in);
        long sourceSeq = in.readLong();
        return new Entry(
                seq,
                at,
                id,
                kind.policy,
                prev,
                record,
                kind.retain,
                kind.source,
                sourceSeq == NO_SOURCE_SEQ ? null : sourceSeq,
                kind.stream);
    }

    private Digest digest(DataInputStream in) throws IOException {
        in.readFully(hash);
        return Digest.ofBytes(hash);
    }

    /** Hands the leaf hashes over. */
    void leaves(PackSource.Leaves out) throws IOException {
        byte[] hashes = new byte[LEAVES * Digest.BYTES];
        try (InputStream in = leaves.in()) {
            for (int got = in.readNBytes(hashes, 0, hashes.length);
                    got > 0;
                    got = in.readNBytes(hashes, 0, hashes.length)) {
                out.leaves(hashes, 0, got / Digest.BYTES);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (entries) {
            leaves.close();
        }
    }
}
