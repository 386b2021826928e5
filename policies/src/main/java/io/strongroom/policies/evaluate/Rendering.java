package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Mask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Optional;

/** What a mask makes of a value. */
final class Rendering {
    /** What stands for a value that is not shown. */
    static final String REDACTED = "[REDACTED]";

    /** What stands for the characters before the last four, however many they are. */
    static final String STARS = "****";

    private static final int HASH_BYTES = 8;
    private static final int VISIBLE = 4;
    private static final int DATE_CHARS = 10;

    private Rendering() {}

    /**
     * The rendering of a value.
     *
     * @return empty if the mask makes nothing of such a value, which is then hidden
     */
    static Optional<String> of(Mask mask, JsonSlice value) {
        return switch (mask) {
            case REDACT -> Optional.of(REDACTED);
            case HASH -> Optional.of(hash(value));
            case LAST4 -> last4(value);
            case YEAR -> year(value);
            case NONE, OMIT -> Optional.empty();
        };
    }

    /** Of a text, its UTF-8; of anything else, its canonical bytes. */
    private static String hash(JsonSlice value) {
        byte[] bytes =
                value.kind() == JsonToken.STRING ? value.string().getBytes(StandardCharsets.UTF_8) : value.toBytes();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Nothing of a value that has no more than four characters: they would be all of it. */
    private static Optional<String> last4(JsonSlice value) {
        String text;
        switch (value.kind()) {
            case STRING -> text = value.string();
            case NUMBER -> text = new String(value.toBytes(), StandardCharsets.US_ASCII);
            default -> {
                return Optional.empty();
            }
        }
        int characters = text.codePointCount(0, text.length());
        return Optional.of(
                characters <= VISIBLE
                        ? STARS
                        : STARS + text.substring(text.offsetByCodePoints(0, characters - VISIBLE)));
    }

    /**
     * Of a date or a time as RFC 3339 and ISO 8601 write them, also without an offset or with a space before the time, as
     * Windows events have it.
     */
    private static Optional<String> year(JsonSlice value) {
        if (value.kind() != JsonToken.STRING) {
            return Optional.empty();
        }
        String text = value.string();
        try {
            int year = text.length() == DATE_CHARS
                    ? LocalDate.parse(text).getYear()
                    : DateTimeFormatter.ISO_DATE_TIME
                            .parse(text.length() > DATE_CHARS && text.charAt(DATE_CHARS) == ' ' ? withT(text) : text)
                            .get(ChronoField.YEAR);
            return Optional.of(Integer.toString(year));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String withT(String text) {
        return text.substring(0, DATE_CHARS) + 'T' + text.substring(DATE_CHARS + 1);
    }
}
