package io.strongroom.server.packs;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.pack.write.PackSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * What the walk of the records meets of their entries, put aside until it is the pack's turn to hold it: the leaf hashes
 * of all, and the leaf data of those that are selected. A second walk would read and check every block again.
 *
 * <p>For one thread. First it is written, then {@link #end}ed, then read.
 */
final class EntriesAside implements AutoCloseable {
    private static final int HEAD_BYTES = Long.BYTES + Short.BYTES;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LEAVES = 2048;

    private final Aside entries;
    private final Aside leaves;
    private final OutputStream lines;
    private final OutputStream hashes;
    private final byte[] line = new byte[Entry.MAX_BYTES];
    private final byte[] head = new byte[HEAD_BYTES];
    private final byte[] hash = new byte[Digest.BYTES];
    private long count;

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
            this.lines = new BufferedOutputStream(entries.out(), BUFFER_BYTES);
            this.hashes = new BufferedOutputStream(leaves.out(), BUFFER_BYTES);
        } catch (IOException e) {
            entries.close();
            throw e;
        }
    }

    void leaf(Digest leaf) throws IOException {
        leaf.copyTo(hash, 0);
        hashes.write(hash, 0, hash.length);
    }

    void entry(Entry entry) throws IOException {
        int length = entry.writeLeafData(line);
        ByteBuffer.wrap(head).putLong(entry.seq()).putShort((short) length);
        lines.write(head, 0, head.length);
        lines.write(line, 0, length);
        count++;
    }

    /** After the last of both. */
    void end() throws IOException {
        lines.flush();
        entries.end();
        hashes.flush();
        leaves.end();
    }

    /** Hands the entries over, in the order in which they came. */
    void entries(PackSource.Lines out) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(entries.in(), BUFFER_BYTES))) {
            boolean wanted = true;
            for (long i = 0; i < count && wanted; i++) {
                long seq = in.readLong();
                int length = in.readUnsignedShort();
                in.readFully(line, 0, length);
                wanted = out.line(seq, line, 0, length);
            }
        }
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
