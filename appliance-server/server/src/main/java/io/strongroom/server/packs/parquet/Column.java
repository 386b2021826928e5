package io.strongroom.server.packs.parquet;

/**
 * A column of a table.
 *
 * @param name unique in the table
 * @param optional whether a row may have no value
 */
public record Column(String name, Kind kind, boolean optional) {

    /** What a column holds. */
    public enum Kind {
        /** A whole number of 64 bits. */
        INT64,
        /** Milliseconds since 1970, UTC. */
        TIMESTAMP,
        /** A string in UTF-8. */
        TEXT,
        /** A JSON document in UTF-8. */
        JSON,
        /** Strings by strings. Always optional. */
        TEXT_MAP
    }

    public static Column required(String name, Kind kind) {
        return new Column(name, kind, false);
    }

    public static Column optional(String name, Kind kind) {
        return new Column(name, kind, true);
    }
}
