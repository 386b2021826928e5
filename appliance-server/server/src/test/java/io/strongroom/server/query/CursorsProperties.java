package io.strongroom.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class CursorsProperties {
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");
    private static final long NOW = 1_795_219_200_000L;
    private static final Cursors.Binding BINDING = new Cursors.Binding("reader", "4:from1:x", "sha256:00");

    private final Cursors cursors = new Cursors(KEY, InstantSource.fixed(Instant.ofEpochMilli(NOW)));

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(ProblemType.INVALID_CURSOR));
    }

    @Property
    void aCursorComesBackAsItWasSigned(
            @ForAll long occurredAt, @ForAll @LongRange(min = 0) long seq, @ForAll @LongRange(min = 0) long upperSeq) {
        Cursor cursor = cursors.check(cursors.sign(new Position(occurredAt, seq), upperSeq, BINDING), BINDING);
        assertThat(cursor)
                .isEqualTo(new Cursor(new Position(occurredAt, seq), upperSeq, NOW + Cursors.LIFE.toMillis()));
    }

    @Property
    void noChangedBitIsAccepted(@ForAll @LongRange(min = 0) long seq, @ForAll @IntRange(max = 487) int bit) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursors.sign(new Position(NOW, seq), 100, BINDING));
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        refused(() -> cursors.check(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), BINDING));
    }

    @Property
    void noOtherTextIsAccepted(@ForAll String text) {
        refused(() -> cursors.check(text, BINDING));
    }

    @Example
    void aCursorServesItsReaderItsFiltersItsPolicyAndItsInstallationOnly() {
        String text = cursors.sign(new Position(NOW, 5), 100, BINDING);
        refused(() -> cursors.check(text, new Cursors.Binding("other", "4:from1:x", "sha256:00")));
        refused(() -> cursors.check(text, new Cursors.Binding("reader", "4:from1:y", "sha256:00")));
        refused(() -> cursors.check(text, new Cursors.Binding("reader", "4:from1:x", "sha256:01")));
        refused(() -> cursors.check(text, new Cursors.Binding("reader4:from", "1:x", "sha256:00")));
        refused(() -> cursors.check(text + "=", BINDING));
        SecretKey other = new SecretKeySpec(new byte[] {1}, "HmacSHA256");
        refused(() -> new Cursors(other, InstantSource.fixed(Instant.ofEpochMilli(NOW))).check(text, BINDING));
    }

    @Example
    void aCursorExpires() {
        String text = cursors.sign(new Position(NOW, 5), 100, BINDING);
        long end = NOW + Cursors.LIFE.toMillis();
        assertThat(new Cursors(KEY, InstantSource.fixed(Instant.ofEpochMilli(end - 1))).check(text, BINDING))
                .isNotNull();
        assertThatThrownBy(() -> new Cursors(KEY, InstantSource.fixed(Instant.ofEpochMilli(end))).check(text, BINDING))
                .hasMessageContaining("expired");
    }
}
