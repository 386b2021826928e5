package io.strongroom.server.ledger;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Unpacks stored bodies; the form is told at {@link BodyEncoder}. Only the form is checked: digests are in entries.
 *
 * <p>For one thread, and as many blocks as it likes: what zstd needs is made once.
 */
final class BodyDecoder implements AutoCloseable {
    /** More than any stored record has. */
    private static final int LONGEST_BODY = 1 << 20;

    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();

    /** Takes a stored body. */
    @FunctionalInterface
    interface Bodies {
        void take(long seq, byte[] body);
    }

    /**
     * Hands out the bodies that are wanted.
     *
     * @param first the seq that names the block
     * @throws LedgerDamagedException if the bytes are none of a block's
     */
    void unpack(long first, byte[] packed, LongPredicate wanted, Bodies bodies) {
        try {
            unpack(first, ByteBuffer.wrap(packed), wanted, bodies);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new LedgerDamagedException(
                    "the stored bodies from entry " + first + " on cannot be read: " + e.getMessage());
        }
    }

    private void unpack(long first, ByteBuffer in, LongPredicate wanted, Bodies bodies) {
        int version = in.get();
        if (version != BodyEncoder.VERSION) {
            throw new IllegalArgumentException("their version is " + version + "; this program knows 1");
        }
        int count = PackedBytes.count(in, BodyEncoder.MAX_BODIES);
        long[] seqs = new long[count];
        int[] ends = new int[count];
        long seq = first;
        int end = 0;
        for (int i = 0; i < count; i++) {
            seq += PackedBytes.count(in, BodyEncoder.MAX_BODIES);
            end += PackedBytes.count(in, LONGEST_BODY);
            seqs[i] = seq;
            ends[i] = end;
        }
        byte[] raw = decompress(in, end);
        for (int i = 0; i < count; i++) {
            if (wanted.test(seqs[i])) {
                bodies.take(seqs[i], Arrays.copyOfRange(raw, i == 0 ? 0 : ends[i - 1], ends[i]));
            }
        }
    }

    private byte[] decompress(ByteBuffer in, int length) {
        byte[] raw = new byte[length];
        try {
            if (zstd.decompressByteArray(raw, 0, length, in.array(), in.position(), in.remaining()) != length) {
                throw new IllegalArgumentException("they do not unpack to the " + length + " bytes that they name");
            }
        } catch (ZstdException e) {
            throw new IllegalArgumentException("they do not unpack: " + e.getMessage(), e);
        }
        return raw;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
