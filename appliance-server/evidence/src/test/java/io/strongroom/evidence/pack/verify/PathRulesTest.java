package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What unpacks elsewhere, or to other files on another machine, has no name that a pack may have. */
class PathRulesTest {
    private static void take(String... paths) throws RefusedException {
        PathRules rules = new PathRules();
        for (String path : paths) {
            rules.take(path);
        }
        rules.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "./a",
                "a/.",
                "a/./b",
                "..",
                "../a",
                "a/..",
                "a/../b",
                "a\\b",
                "c:a",
                "a/b:c",
                "~",
                "~root/a",
                "a/~",
                "a\u0000",
                "a\nb",
                "a\u001fb",
                "a\u007f",
                "fetch.txt",
                "Fetch.TXT"
            })
    void aNameThatLeadsElsewhereOrIsNotPlainIsRefused(String path) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> take(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.c", "..a", "a..", "a/...", " a", "-", "gr\u00fc\u00df/\u20ac", "data/fetch.txt"})
    void aPlainNameIsTaken(String path) {
        assertThatCode(() -> take(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a/B, A/b",
        "\u00e9, e\u0301",
        "\u00c9, e\u0301",
        "\ufb01le, file",
        "stra\u00dfe, STRASSE",
        "\u212a, k",
        "\uff21, a"
    })
    void namesAlikeButForCaseOrFormAreRefused(String one, String other) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> take(one, other));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> take(other, "b", one));
    }

    @Test
    void aFileAndAFolderOfOneNameAreRefused() {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> take("a", "a/b"));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> take("a/b/c", "A/B"));
        assertThatCode(() -> take("a", "b/a", "ab/c")).doesNotThrowAnyException();
    }
}
