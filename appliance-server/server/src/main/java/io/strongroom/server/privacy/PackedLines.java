package io.strongroom.server.privacy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictContentType;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Packs a device's line beside the record that was made of it: a zstd frame (RFC 8878) whose dictionary is the record's
 * stored bytes, as they are. Most of the line stands in the record, so what is left is little more than its salt and what
 * policy hides; encrypted whole, it would be most of what the database writes. For any number of threads.
 */
final class PackedLines {
    private static final int LEVEL = -1;

    /** Their buffers are the library's, outside the heap; requests run on threads of their own, so they are lent. */
    private final ConcurrentLinkedQueue<ZstdCompressCtx> idle = new ConcurrentLinkedQueue<>();

    byte[] pack(byte[] line, byte[] body) {
        ZstdCompressCtx known = idle.poll();
        ZstdCompressCtx zstd = known != null ? known : new ZstdCompressCtx().setLevel(LEVEL);
        byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(line.length))];
        int length = zstd.loadDict(body, ZstdDictContentType.RAW_CONTENT)
                .compressByteArray(packed, 0, packed.length, line, 0, line.length);
        idle.offer(zstd);
        return Arrays.copyOf(packed, length);
    }

    /** The line; {@code packed} is known to be what {@link #pack} gave for the same {@code body}. */
    static byte[] unpack(byte[] packed, byte[] body) {
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            zstd.loadDict(body, ZstdDictContentType.RAW_CONTENT);
            return zstd.decompress(packed, Math.toIntExact(Zstd.getFrameContentSize(packed)));
        }
    }
}
