package io.strongroom.evidence.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes are given for a token: it is refused for a reason, or says what the untouched one says. */
class TimeStampProperties {
    private static final byte[] NOTE = TimeStampResponseTest.golden("checkpoint.note");
    private static final List<byte[]> TOKENS =
            List.of(TimeStampResponseTest.golden("rsa.tsr"), TimeStampResponseTest.golden("ec.tsr"));
    private static final List<TimeRoot> ROOTS =
            List.of(TimeStampResponseTest.goldenRoot("rsa"), TimeStampResponseTest.goldenRoot("ec"));

    private static Optional<TimeStamp> verify(byte[] token) {
        try {
            return Optional.of(TimeStampResponse.parse(token).verify(NOTE, ROOTS));
        } catch (TimeStampException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
            return Optional.empty();
        }
    }

    @Property(tries = 3000)
    void aChangedByteIsRefusedOrChangesNothing(
            @ForAll @IntRange(max = 1) int which,
            @ForAll @IntRange(max = 10_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] token = TOKENS.get(which).clone();
        TimeStamp untouched = verify(token).orElseThrow();
        token[at % token.length] ^= (byte) with;
        assertThat(verify(token).orElse(untouched)).isEqualTo(untouched);
    }

    @Property(tries = 500)
    void aTruncatedOrLengthenedTokenIsRefused(
            @ForAll @IntRange(max = 1) int which, @ForAll @IntRange(min = 1, max = 10_000_000) int cut) {
        byte[] token = TOKENS.get(which);
        assertThat(verify(Arrays.copyOf(token, token.length - 1 - cut % (token.length - 1))))
                .isEmpty();
        assertThat(verify(Arrays.copyOf(token, token.length + 1 + cut % 100))).isEmpty();
    }

    @Property(tries = 2000)
    void piecesPutTogetherOtherwiseAreRefusedOrChangeNothing(
            @ForAll @IntRange(max = 1) int which,
            @ForAll @IntRange(max = 10_000_000) int from,
            @ForAll @IntRange(max = 10_000_000) int to,
            @ForAll @IntRange(min = 1, max = 300) int length) {
        byte[] token = TOKENS.get(which).clone();
        TimeStamp untouched = verify(token).orElseThrow();
        int most = token.length - length;
        System.arraycopy(TOKENS.get(which), from % most, token, to % most, length);
        assertThat(verify(token).orElse(untouched)).isEqualTo(untouched);
    }

    @Property(tries = 1000)
    void randomBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(verify(bytes)).isEmpty();
        byte[] framed = DerWriter.seq(DerWriter.seq(DerWriter.integer(0)), DerWriter.seq(bytes));
        assertThat(verify(framed)).isEmpty();
    }

    @Property(tries = 1000)
    void aChangedByteOfARootIsRefusedOrLeadsNowhere(
            @ForAll @IntRange(max = 10_000_000) int at, @ForAll @IntRange(min = 1, max = 255) int with) {
        byte[] der = ROOTS.getFirst().der();
        der[at % der.length] ^= (byte) with;
        try {
            TimeRoot changed = TimeRoot.of("changed", der);
            TimeStampResponse.parse(TOKENS.getFirst()).verify(NOTE, List.of(changed));
        } catch (TimeStampException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void nestingIsBounded(@ForAll @IntRange(min = 1, max = 20_000) int depth) {
        byte[] bytes = new byte[2 * depth];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 0x30;
            bytes[i + 1] = (byte) 0x80;
        }
        assertThat(verify(bytes)).isEmpty();
        byte[] nested = new byte[0];
        for (int i = 0; i < Math.min(depth, 200); i++) {
            nested = DerWriter.seq(nested);
        }
        assertThat(verify(nested)).isEmpty();
    }
}
