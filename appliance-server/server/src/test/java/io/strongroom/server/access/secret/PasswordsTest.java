package io.strongroom.server.access.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final List<String> NAMES = List.of("ann@example.com", "Ann Example");

    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(random);

    @Test
    void aPasswordIsKeptAsArgon2idWithTheParametersThatItSays() {
        String hash = passwords.hash("four words of no sense");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.verify("four words of no sense", hash)).isTrue();
        assertThat(passwords.verify("four words of no sensE", hash)).isFalse();
        assertThat(passwords.hash("four words of no sense")).isNotEqualTo(hash);
    }

    @Test
    void theFormOfAStoredHashIsStrict() {
        for (String stored : List.of(
                "",
                "plain",
                "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "$argon2id$v=19$m=1,t=1,p=1$$")) {
            assertThatThrownBy(() -> passwords.verify("x", stored)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void keyboardsThatWriteALetterOtherwiseAreTheSame() {
        String hash = passwords.hash("caf\u00e9 caf\u00e9 caf\u00e9 x");
        assertThat(passwords.verify("cafe\u0301 cafe\u0301 cafe\u0301 x", hash)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "123456789012",
                "password1234",
                "P@ssw0rd2026!",
                "PasswordPassword1",
                "qwertyuiop12",
                "Welcome2026!!",
                "strongroom12",
                "Ann.Example.1",
                "ann@example.com",
                "abcdefghijklmnop",
                "987654321098"
            })
    void whatIsTriedFirstIsRefused(String password) {
        assertThat(PasswordRules.fault(password, NAMES)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"four words of no sense", "xK9#mQ2$vL5p", "ドラゴンと七つの古い門の鍵", "my-password-is-a-tractor"})
    void whatIsLongAndOnesOwnIsTaken(String password) {
        assertThat(PasswordRules.fault(password, NAMES)).isEmpty();
    }

    @Test
    void thereAreTenRecoveryCodesAndNoTwoAlike() {
        Set<String> codes = new HashSet<>(RecoveryCodes.draw(random));
        assertThat(codes).hasSize(10).allMatch(code -> code.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
        String code = codes.iterator().next();
        assertThat(RecoveryCodes.hash(
                        "ann", code.toUpperCase(java.util.Locale.ROOT).replace("-", " ")))
                .isEqualTo(RecoveryCodes.hash("ann", code));
        assertThat(RecoveryCodes.hash("bob", code)).isNotEqualTo(RecoveryCodes.hash("ann", code));
    }
}
