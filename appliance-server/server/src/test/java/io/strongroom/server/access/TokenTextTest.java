package io.strongroom.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class TokenTextTest {
    @Test
    void aTokenIsReadAsItWasDrawn() {
        TokenText text = TokenText.draw(TokenText.Kind.SERVICE, new SecureRandom());
        assertThat(TokenText.parse(TokenText.Kind.SERVICE, text.text())).contains(text);
    }

    @Test
    void anyChangedCharacterFailsTheChecksum() {
        String text = TokenText.draw(TokenText.Kind.SERVICE, new SecureRandom()).text();
        for (int i = 4; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(TokenText.parse(TokenText.Kind.SERVICE, changed))
                    .as("character " + i)
                    .isEmpty();
        }
    }

    @Test
    void aTruncatedOrForeignTextIsNoToken() {
        String text = TokenText.draw(TokenText.Kind.SERVICE, new SecureRandom()).text();
        assertThat(TokenText.parse(TokenText.Kind.SERVICE, text.substring(1))).isEmpty();
        assertThat(TokenText.parse(TokenText.Kind.SERVICE, "")).isEmpty();
        assertThat(TokenText.parse(TokenText.Kind.SERVICE, "ghp_" + text.substring(4)))
                .isEmpty();
    }

    @Test
    void printingATokenKeepsItsSecret() {
        TokenText text = TokenText.draw(TokenText.Kind.SERVICE, new SecureRandom());
        assertThat(text.toString()).contains(text.id()).doesNotContain(text.secret());
    }
}
