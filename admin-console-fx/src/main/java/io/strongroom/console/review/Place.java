package io.strongroom.console.review;

import io.strongroom.api.CommentRequest;
import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What a comment is about.
 *
 * @param file of the proposed commit; null for all of it
 * @param line of the file, from 1; 0 for all of it
 */
record Place(@Nullable String file, int line) {
    static final Place ALL = new Place(null, 0);

    /** Adds it to what is said. */
    CommentRequest of(CommentRequest said) {
        if (file == null) {
            return said;
        }
        return line == 0 ? said.in(file) : said.in(file, line);
    }

    /** In words; empty for all of a commit. */
    String told(Texts texts) {
        if (file == null) {
            return "";
        }
        return line == 0
                ? Printable.of(file)
                : texts.get("review.test.place", Printable.of(file), String.valueOf(line));
    }
}
