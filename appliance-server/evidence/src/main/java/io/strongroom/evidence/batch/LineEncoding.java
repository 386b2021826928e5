package io.strongroom.evidence.batch;

import java.util.Locale;
import java.util.Optional;

/** How the lines of a batch are encoded on their way. Which of them can be decoded is for whoever decodes. */
public enum LineEncoding {
    NONE,
    /** RFC 8878. */
    ZSTD;

    /** The value of {@code enc}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The encoding of that {@code enc}. */
    public static Optional<LineEncoding> ofWire(String wire) {
        for (LineEncoding encoding : values()) {
            if (encoding.wire().equals(wire)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }
}
