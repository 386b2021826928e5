package io.strongroom.api;

import java.util.Locale;
import java.util.Optional;

/** The form of the tables in a pack; the records themselves are always NDJSON. */
public enum ExportFormat {
    NDJSON,
    PARQUET;

    /** The name on the wire, in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name. */
    public static Optional<ExportFormat> ofWire(String name) {
        for (ExportFormat format : values()) {
            if (format.wire().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
