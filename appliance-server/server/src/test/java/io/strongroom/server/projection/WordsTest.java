package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void textIsCutAtWhatIsNeitherLetterNorDigit() {
        assertThat(Words.of("Failed password for invalid user Admin from 10.0.0.7 port 4242 ssh2"))
                .containsExactly(
                        "failed",
                        "password",
                        "for",
                        "invalid",
                        "user",
                        "admin",
                        "from",
                        "10.0.0.7",
                        "port",
                        "4242",
                        "ssh2");
    }

    @Test
    void aFullStopHoldsDigitsTogetherAndPartsNames() {
        assertThat(Words.of("john@example.com. v1.2.3. apt_123 order-service"))
                .containsExactly("john", "example", "com", "v1.2.3", "apt_123", "order", "service");
    }

    @Test
    void singleCharactersAreLeftOutButIdeographsAreNot() {
        assertThat(Words.of("a 7 é 東京 ab")).containsExactly("東", "京", "ab");
    }

    @Test
    void lettersOfAnyScriptAreTakenInLowerCase() {
        assertThat(Words.of("ÉCOLE Straße ЖУРНАЛ 𐐀𐐁")).containsExactly("école", "straße", "журнал", "𐐨𐐩");
    }

    @Test
    void longWordsAreCutAndStayValidText() {
        String word = "é".repeat(100);
        assertThat(Words.of(word)).containsExactly("é".repeat(Words.MAX_BYTES / 2));
        assertThat(Words.of("x" + word)).hasSize(1);
    }

    @Test
    void escapesOfCanonicalStringsPartWords() {
        List<String> words = new ArrayList<>();
        byte[] canonical = "ACME\\\\jdoe\\nsecond\\u0000third\\\"fourth".getBytes(UTF_8);
        new Words()
                .cut(canonical, 0, canonical.length, (bytes, length) -> words.add(new String(bytes, 0, length, UTF_8)));
        assertThat(words).containsExactly("acme", "jdoe", "second", "third", "fourth");
        assertThat(Words.of("ACME\\jdoe")).containsExactly("acme", "jdoe");
    }
}
