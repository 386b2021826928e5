package io.strongroom.api.client;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** How a batch is packed for the way. */
public enum ContentEncoding {
    NONE("identity") {
        @Override
        byte[] encode(byte[] plain) {
            return plain;
        }
    },
    GZIP("gzip") {
        @Override
        byte[] encode(byte[] plain) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4);
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(plain);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory failed", e);
            }
            return packed.toByteArray();
        }
    },
    ZSTD("zstd") {
        @Override
        byte[] encode(byte[] plain) {
            return Zstd.compress(plain, LEVEL);
        }
    };

    /** Level 3 of zstd: a tenth of the size for audit lines at several hundred MB/s. */
    private static final int LEVEL = 3;

    private final String header;

    ContentEncoding(String header) {
        this.header = header;
    }

    /** The value of the header {@code Content-Encoding}. */
    public String header() {
        return header;
    }

    abstract byte[] encode(byte[] plain);
}
