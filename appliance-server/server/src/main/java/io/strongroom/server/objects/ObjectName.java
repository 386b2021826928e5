package io.strongroom.server.objects;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The names that objects may have: lower-case segments joined by {@code /}, so that a name is the same in a folder, in
 * S3 and on a file system that folds case, and can never climb out of its place.
 */
final class ObjectName {
    /** Longest name in characters. */
    static final int MAX_LENGTH = 512;

    private static final Pattern SEGMENTS =
            Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}(/[a-z0-9][a-z0-9._-]{0,199}){0,15}");

    private ObjectName() {}

    /** The name itself. Throws for one that may not be: the caller's error, or an attempt to climb. */
    static String check(String name) throws IOException {
        if (name.length() > MAX_LENGTH || !SEGMENTS.matcher(name).matches()) {
            String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
            throw new IOException("not an object's name: \"" + shown.replaceAll("\\p{Cntrl}", "?")
                    + "\"; it is 1 to 16 segments joined by /, each of a-z 0-9 . _ - and first a letter or digit, at most "
                    + MAX_LENGTH + " characters in all");
        }
        return name;
    }
}
