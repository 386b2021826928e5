package io.strongroom.server.access.secret;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a password must be: long enough and not what everybody tries first. No rules about kinds of characters, which make
 * passwords worse (NIST SP 800-63B §3.1.1.2).
 */
public final class PasswordRules {
    /** In characters. */
    public static final int SHORTEST = 12;

    /** In characters. */
    public static final int LONGEST = 200;

    private static final int LEAST_DIFFERENT = 5;

    /** What is left of a common password once digits and signs around it are gone. */
    private static final List<String> COMMON = List.of(
            "password",
            "passwort",
            "passw",
            "qwerty",
            "qwertz",
            "azerty",
            "letmein",
            "welcome",
            "willkommen",
            "admin",
            "administrator",
            "changeme",
            "iloveyou",
            "monkey",
            "dragon",
            "football",
            "baseball",
            "sunshine",
            "princess",
            "strongroom",
            "secret",
            "geheim",
            "default",
            "login",
            "master",
            "summer",
            "winter",
            "spring",
            "autumn",
            "qwertyuiop",
            "asdfghjkl",
            "abcdefgh",
            "abcdefghijkl",
            "trustno");

    private PasswordRules() {}

    /** The one form of what different keyboards send (NFKC). */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * What is wrong with a password, in a sentence for its owner; empty if nothing is.
     *
     * @param names what it must not be made of: the owner's id and name
     */
    public static Optional<String> fault(String password, List<String> names) {
        String normal = normal(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (normal.codePoints().distinct().count() < LEAST_DIFFERENT) {
            return Optional.of("A password has at least " + LEAST_DIFFERENT + " different characters.");
        }
        List<String> forms = forms(normal);
        boolean common = COMMON.stream().anyMatch(word -> isMadeOf(forms, word));
        boolean own = names.stream().flatMap(name -> forms(name).stream()).anyMatch(name -> isMadeOf(forms, name));
        return common || own || isRow(normal)
                ? Optional.of("This password is one of the first that are tried. Take several words that do not belong"
                        + " together.")
                : Optional.empty();
    }

    /** Whether it is one word, however often, and nothing else. */
    private static boolean isMadeOf(List<String> forms, String word) {
        return !word.isEmpty()
                && forms.stream().anyMatch(form -> form.replace(word, "").isEmpty());
    }

    /** Whether each character follows the one before, as in 123456789012. */
    private static boolean isRow(String password) {
        int[] points = password.codePoints().toArray();
        int following = 0;
        for (int i = 1; i < points.length; i++) {
            if (Math.abs(points[i] - points[i - 1]) <= 1) {
                following++;
            }
        }
        return following > points.length * 2 / 3;
    }

    /** Its letters alone; and those with the digits and signs that people write for letters, but for what hangs on at the end. */
    private static List<String> forms(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String read = lower.replaceAll("[^\\p{L}]+$", "")
                .replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('@', 'a')
                .replace('$', 's');
        return List.of(lettersOf(lower), lettersOf(read));
    }

    private static String lettersOf(String text) {
        return text.replaceAll("[^\\p{L}]", "");
    }
}
