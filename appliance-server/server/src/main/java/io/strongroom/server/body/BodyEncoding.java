package io.strongroom.server.body;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content encodings that a body may come in. */
public enum BodyEncoding {
    NONE,
    GZIP,
    ZSTD;

    /** The largest window that RFC 9659 lets a zstd content coding ask for: 8 MiB. A frame that asks for more is refused. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final int GZIP_BUFFER_BYTES = 8192;

    /** The encoding of that {@code Content-Encoding}; empty if it is none that is understood, or a chain of them. */
    public static Optional<BodyEncoding> of(@Nullable String header) {
        if (header == null) {
            return Optional.of(NONE);
        }
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(NONE);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    /** Decodes as it is read, never ahead of the reader by more than a buffer. */
    public InputStream decode(InputStream body) throws IOException {
        return switch (this) {
            case NONE -> body;
            case GZIP -> GzipBody.of(body, GZIP_BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(body).setLongMax(ZSTD_WINDOW_LOG);
        };
    }
}
