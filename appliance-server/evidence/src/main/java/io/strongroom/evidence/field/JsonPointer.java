package io.strongroom.evidence.field;

import java.util.ArrayList;
import java.util.List;

/**
 * A pointer to a value in a JSON document (RFC 6901), in its string form: empty for the whole document, else a slash
 * before each reference token, in which {@code ~0} stands for a tilde and {@code ~1} for a slash.
 */
public final class JsonPointer {
    private final String text;
    private final List<String> tokens;

    private JsonPointer(String text, List<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /**
     * Reads a pointer.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(text, List.of());
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON pointer begins with a slash");
        }
        List<String> tokens = new ArrayList<>();
        int from = 1;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            tokens.add(unescape(text.substring(from, to)));
            from = to + 1;
        }
        return new JsonPointer(text, List.copyOf(tokens));
    }

    private static String unescape(String token) {
        if (token.indexOf('~') < 0) {
            return token;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '~') {
                i++;
                char escaped = i < token.length() ? token.charAt(i) : 0;
                if (escaped != '0' && escaped != '1') {
                    throw new IllegalArgumentException("in a JSON pointer ~ is followed by 0 or 1");
                }
                c = escaped == '0' ? '~' : '/';
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /** The pointer to a member that the tokens lead to. */
    public static JsonPointer of(String... tokens) {
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return new JsonPointer(text.toString(), List.of(tokens));
    }

    /** The pointer to a member, or an element, of what this points to. */
    public JsonPointer member(String token) {
        List<String> longer = new ArrayList<>(tokens);
        longer.add(token);
        return of(longer.toArray(String[]::new));
    }

    /** The reference tokens, unescaped; none for the whole document. */
    public List<String> tokens() {
        return tokens;
    }

    /** Whether this points to the same value as {@code other} or to one inside it. */
    public boolean isWithin(JsonPointer other) {
        return text.startsWith(other.text)
                && (text.length() == other.text.length() || text.charAt(other.text.length()) == '/');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonPointer that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The string form. */
    @Override
    public String toString() {
        return text;
    }
}
