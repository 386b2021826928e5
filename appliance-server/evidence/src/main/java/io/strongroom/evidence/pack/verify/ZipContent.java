package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The content of one file of a zip: never more than its size, and at its end exactly that, with its checksum. */
final class ZipContent extends InputStream {
    private static final int CHUNK = 128 * 1024;
    private static final int BLOCK = 0xffff;
    private static final int BLOCK_HEADER = 5;

    private final ZipSource source;
    private final String path;
    private final ZipMember member;
    private final CRC32 crc = new CRC32();
    private final byte[] one = new byte[1];
    private long taken;
    private long given;
    private boolean ended;
    private int blockLeft;
    private boolean lastBlock;
    // Only for what was really deflated; most files of a pack are not.
    private @Nullable Inflater inflater;
    private ByteBuffer packed = ByteBuffer.allocate(0);

    ZipContent(ZipSource source, String path, ZipMember member) {
        this.source = source;
        this.path = path;
        this.member = member;
        // The length that a file in stored blocks alone has.
        long blocks = Math.max(1, (member.size() + BLOCK - 1) / BLOCK);
        boolean inStoredBlocks = member.packed() == member.size() + BLOCK_HEADER * blocks;
        if (member.deflated() && !inStoredBlocks) {
            inflater = new Inflater(true);
            packed = ByteBuffer.allocate(CHUNK);
        }
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int got = ended ? -1 : next(target, offset, length);
        if (got > 0) {
            crc.update(target, offset, got);
            given += got;
            if (given > member.size()) {
                throw new RefusedException(path, member.size() + " bytes, as the zip says", "more");
            }
            return got;
        }
        if (!ended) {
            ended = true;
            check();
        }
        return -1;
    }

    private int next(byte[] target, int offset, int length) throws IOException {
        if (!member.deflated()) {
            return copy(target, offset, length);
        }
        return inflater == null ? block(target, offset, length) : inflate(inflater, target, offset, length);
    }

    /** Reads stored blocks of deflation by hand: no bit of their headers may be other than it must. */
    private int block(byte[] target, int offset, int length) throws IOException {
        while (blockLeft == 0) {
            if (lastBlock) {
                return -1;
            }
            blockHeader();
        }
        int want = Math.min(length, blockLeft);
        source.readFully(ByteBuffer.wrap(target, offset, want), member.dataOffset() + taken);
        taken += want;
        blockLeft -= want;
        return want;
    }

    private void blockHeader() throws IOException {
        boolean whole = member.packed() - taken >= BLOCK_HEADER;
        ByteBuffer header = ByteBuffer.allocate(BLOCK_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        if (whole) {
            source.readFully(header, member.dataOffset() + taken);
            taken += BLOCK_HEADER;
            header.flip();
            int kind = header.get();
            blockLeft = header.getShort() & 0xffff;
            boolean last = taken + blockLeft == member.packed();
            whole = kind == (last ? 1 : 0)
                    && blockLeft == (~header.getShort() & 0xffff)
                    && taken + blockLeft <= member.packed()
                    && (last || blockLeft == BLOCK);
            lastBlock = last;
        }
        if (!whole) {
            throw new RefusedException(path, "whole stored blocks of deflation", "damage");
        }
    }

    private int copy(byte[] target, int offset, int length) throws IOException {
        int want = (int) Math.min(length, member.packed() - taken);
        if (want <= 0) {
            return -1;
        }
        source.readFully(ByteBuffer.wrap(target, offset, want), member.dataOffset() + taken);
        taken += want;
        return want;
    }

    private int inflate(Inflater inflater, byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int got = inflater.inflate(target, offset, length);
                if (got > 0) {
                    return got;
                }
                if (inflater.finished()) {
                    return -1;
                }
                if (taken == member.packed()) {
                    throw new RefusedException(path, "a whole deflated file", "one that ends too early");
                }
                packed.clear().limit((int) Math.min(CHUNK, member.packed() - taken));
                source.readFully(packed, member.dataOffset() + taken);
                taken += packed.position();
                inflater.setInput(packed.array(), 0, packed.position());
            }
        } catch (DataFormatException e) {
            throw new RefusedException(path, "a file that can be unpacked", "damage: " + e.getMessage());
        }
    }

    private void check() throws RefusedException {
        if (given != member.size() || taken != member.packed() || (inflater != null && inflater.getRemaining() != 0)) {
            throw new RefusedException(
                    path,
                    member.size() + " bytes, as the zip says",
                    given + " bytes" + (given == member.size() ? " and something behind them" : ""));
        }
        if (crc.getValue() != member.crc()) {
            throw new RefusedException(
                    path, "the CRC-32 %08x".formatted(member.crc()), "%08x".formatted(crc.getValue()));
        }
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
