package io.strongroom.server.ledger;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.strongroom.server.record.Draft;
import java.sql.SQLException;

/**
 * Packs stored records' bytes into the form in which they are stored, version 1; {@link BodyDecoder} reads it.
 *
 * <pre>
 * u8      version, 1
 * varint  count, 1 to 16
 * count × varint   seq less the one before (the first: less the seq that names the block), then varint length in bytes
 * zstd frame (RFC 8878) of the bodies, one after the other
 * </pre>
 *
 * Records of one source resemble each other: together they take a fraction of their room, and of the time that the
 * database needs to write it twice. A block holds one retention class, never crosses a multiple of 16, and has at most
 * 64 KiB of bodies unless a single one is longer: whoever wants one record unpacks no more.
 *
 * <p>Owned by one thread.
 */
final class BodyEncoder implements Packing, AutoCloseable {
    static final int VERSION = 1;
    static final int MAX_BODIES = 16;
    static final int MAX_BYTES = 64 * 1024;
    private static final int LEVEL = 1;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
    private final PackedBytes bodies = new PackedBytes(MAX_BYTES);
    private final PackedBytes index = new PackedBytes(4 * MAX_BODIES);
    private final PackedBytes out = new PackedBytes(MAX_BYTES);

    // The block that is being filled; meaningless while count is 0.
    private int count;
    private long first;
    private long last;

    /** The seq from which on blocks may hold the body of entry {@code seq}. */
    static long boundary(long seq) {
        return seq / MAX_BODIES * MAX_BODIES;
    }

    @Override
    public void encode(Group group, String retain, BlockEncoder.Blocks blocks) throws SQLException {
        // After a failure, what was being filled is none of this group's.
        count = 0;
        for (int i = 0; i < group.count(); i++) {
            Draft draft = group.drafts().get(i);
            if (draft.retain().equals(retain)) {
                add(group.first() + i, draft.body(), blocks);
            }
        }
        flush(blocks);
    }

    /** Adds the body of entry {@code seq}, which comes after all that were added before. */
    void add(long seq, byte[] body, BlockEncoder.Blocks blocks) throws SQLException {
        if (count > 0 && (boundary(seq) != boundary(first) || bodies.length() + body.length > MAX_BYTES)) {
            flush(blocks);
        }
        if (count == 0) {
            first = seq;
            last = seq;
            bodies.clear();
            index.clear();
        }
        index.varint(seq - last).varint(body.length);
        bodies.put(body);
        last = seq;
        count++;
    }

    /** Hands out the block that is being filled. */
    void flush(BlockEncoder.Blocks blocks) throws SQLException {
        if (count == 0) {
            return;
        }
        out.clear();
        out.u8(VERSION).varint(count).put(index.array(), 0, index.length());
        int room = Math.toIntExact(Zstd.compressBound(bodies.length()));
        int at = out.reserve(room);
        int packed = zstd.compressByteArray(out.array(), at, room, bodies.array(), 0, bodies.length());
        out.keep(at + packed);
        count = 0;
        blocks.take(first, out);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
