package io.strongroom.server.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.officer.OneTimeCode;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TotpProperties {
    private static final byte[] RFC_SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238 appendix B, SHA-1, of whose eight digits the last six are ours. */
    @Example
    void theVectorsOfTheStandardHold() {
        long[] seconds = {59L, 1111111109L, 1111111111L, 1234567890L, 2000000000L, 20000000000L};
        String[] codes = {"94287082", "07081804", "14050471", "89005924", "69279037", "65353130"};
        for (int i = 0; i < seconds.length; i++) {
            assertThat(OneTimeCode.of(RFC_SECRET, OneTimeCode.step(seconds[i] * 1000)))
                    .isEqualTo(codes[i].substring(2));
        }
    }

    @Example
    void theSecretIsTypedInBase32() {
        assertThat(OneTimeCode.text(RFC_SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(OneTimeCode.text("foob".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YQ");
        assertThat(Totp.uri(RFC_SECRET, "vault.example", "ann+x@example.com"))
                .startsWith("otpauth://totp/vault.example:ann%2Bx%40example.com?secret=GEZD");
    }

    @Property
    void aSecretThatIsTypedMakesTheSameCodes(@ForAll @Size(20) byte[] secret, @ForAll @LongRange(min = 1) long step) {
        assertThat(OneTimeCode.of(OneTimeCode.text(secret), step)).isEqualTo(OneTimeCode.of(secret, step));
    }

    @Property
    void aCodeIsAcceptedOneStepBeforeAndAfterAndOnlyOnce(
            @ForAll @Size(20) byte[] secret, @ForAll @LongRange(min = 10, max = 1L << 40) long step) {
        String code = OneTimeCode.of(secret, step);
        for (long at = step - 1; at <= step + 1; at++) {
            OptionalLong accepted = Totp.accept(secret, code, 0, at * 30_000);
            assertThat(accepted).isPresent();
            assertThat(Totp.accept(secret, code, accepted.getAsLong(), at * 30_000 + 29_999))
                    .isEmpty();
        }
        boolean nextIsTheSame = OneTimeCode.of(secret, step + 1).equals(code);
        assertThat(Totp.accept(secret, code, step, step * 30_000).isPresent()).isEqualTo(nextIsTheSame);
    }

    @Property
    void aCodeOfAnotherTimeIsRefused(
            @ForAll @Size(20) byte[] secret,
            @ForAll @LongRange(min = 100, max = 1L << 40) long step,
            @ForAll @LongRange(min = 2, max = 50) long away) {
        String code = OneTimeCode.of(secret, step);
        for (long now : new long[] {step - away, step + away}) {
            boolean byChance = false;
            for (long each = now - 1; each <= now + 1; each++) {
                byChance |= OneTimeCode.of(secret, each).equals(code);
            }
            assertThat(Totp.accept(secret, code, 0, now * 30_000).isPresent()).isEqualTo(byChance);
        }
    }

    @Property
    void whatIsNoCodeIsRefused(@ForAll @Size(20) byte[] secret, @ForAll String text) {
        if (!text.matches("[0-9]{6}")) {
            assertThat(Totp.accept(secret, text, 0, 1_700_000_000_000L)).isEmpty();
        }
    }
}
