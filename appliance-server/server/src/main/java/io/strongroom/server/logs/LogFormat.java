package io.strongroom.server.logs;

import java.util.Optional;

/** How a line of the log is written. */
public enum LogFormat {
    /** One JSON object a line. */
    JSON,
    /** For people. */
    TEXT;

    /** The format that {@code text} names; {@code auto} is {@link #TEXT} in a terminal and {@link #JSON} elsewhere. */
    public static Optional<LogFormat> of(String text) {
        return switch (text) {
            case "json" -> Optional.of(JSON);
            case "text" -> Optional.of(TEXT);
            case "auto" -> Optional.of(automatic());
            default -> Optional.empty();
        };
    }

    static LogFormat automatic() {
        // TERM is not set for services; a console counts only where a person sits at it.
        return System.console() != null && System.console().isTerminal() ? TEXT : JSON;
    }
}
