package io.strongroom.server.telemetry.inventory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package URL, in its parts.
 *
 * @param text the whole
 * @param name type, namespace and name as they stand in it, e.g. {@code pkg:deb/debian/bash}: the same for all versions
 * @param version decoded, after its epoch and a colon where it has one; empty where it has none
 */
record Purl(String text, String name, String version) {
    private static final int MOST_CHARS = 1_000;
    private static final Pattern EPOCH = Pattern.compile("[?&]epoch=(\\d{1,9})(?:[&#]|$)");

    /** Reads one; empty if it is none, or longer than any that is kept. */
    static Optional<Purl> of(String text) {
        if (text.length() > MOST_CHARS || !text.startsWith("pkg:") || text.indexOf('/') < 0) {
            return Optional.empty();
        }
        int end = text.length();
        for (char c : new char[] {'#', '?'}) {
            int at = text.indexOf(c);
            if (at >= 0 && at < end) {
                end = at;
            }
        }
        int at = text.lastIndexOf('@', end - 1);
        String name = text.substring(0, at < 0 ? end : at);
        if (name.lastIndexOf('/') == name.length() - 1) {
            return Optional.empty();
        }
        String version = at < 0 ? "" : decoded(text.substring(at + 1, end));
        return Optional.of(new Purl(text, name, version.isEmpty() ? "" : epoch(text) + version));
    }

    /** The epoch of an rpm stands among the qualifiers, that of a deb in its version. */
    private static String epoch(String text) {
        Matcher epoch = EPOCH.matcher(text);
        return epoch.find() ? epoch.group(1) + ':' : "";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** The type: how its versions are compared. */
    String type() {
        return text.substring("pkg:".length(), text.indexOf('/'));
    }
}
