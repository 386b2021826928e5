package io.strongroom.console.explorer;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a question, filter by filter. */
final class QuestionReader {
    private final String text;
    private int at;

    QuestionReader(String text) {
        this.text = text;
    }

    /** @throws QuestionException if the text is malformed */
    List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        while (true) {
            spaces();
            if (at == text.length()) {
                return filters;
            }
            filters.add(filter());
        }
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Filter filter() {
        boolean excluded = text.charAt(at) == '-' && colon(at + 1) > 0;
        int start = excluded ? at + 1 : at;
        int colon = colon(start);
        if (colon < 0) {
            return Filter.of(Filter.WORDS, value());
        }
        String name = text.substring(start, colon);
        at = colon + 1;
        if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
            throw new QuestionException(QuestionException.Why.NO_VALUE, name);
        }
        return new Filter(name, value(), excluded);
    }

    /** Where the name that begins at {@code from} ends; -1 where none does. */
    private int colon(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > from ? i : -1;
            }
            if (!Character.isLetterOrDigit(c) && "._-/~$".indexOf(c) < 0) {
                return -1;
            }
        }
        return -1;
    }

    private String value() {
        if (text.charAt(at) != '"') {
            int start = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        throw new QuestionException(QuestionException.Why.QUOTE, "");
    }
}
