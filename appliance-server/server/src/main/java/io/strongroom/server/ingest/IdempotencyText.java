package io.strongroom.server.ingest;

/** An idempotency key of the caller's choice: the same text in the header and in a line of a batch. */
final class IdempotencyText {
    /** Longest key in characters. */
    static final int MOST = 256;

    static final String RULE =
            "must be 1 to " + MOST + " printable ASCII characters, without quotes, backslash, or space at its ends";

    private IdempotencyText() {}

    /**
     * The key in a header's value. Quotes around it are taken off, since the IETF draft has it as a structured string.
     */
    static String ofHeader(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    static boolean isValid(String key) {
        if (key.isEmpty() || key.length() > MOST || key.startsWith(" ") || key.endsWith(" ")) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
