package io.strongroom.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class LineReadersProperties {
    private final LineReader readers =
            new FileReaders(new LogTime(ZoneOffset.UTC, Instant.parse("2026-03-01T12:00:00Z")));

    @Property
    void noLineWhateverMakesAReaderThrow(@ForAll("damagedLines") String line) {
        assertThat(readers.read(line)).isNotNull();
    }

    /** Real lines cut, doubled and spliced: what a disk that filled up or a rotated file leaves behind. */
    @Provide
    Arbitrary<String> damagedLines() {
        Arbitrary<String> lines = Arbitraries.of(LineReadersTest.lines());
        Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(20);
        return Combinators.combine(
                        lines,
                        lines,
                        noise,
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 400))
                .as((first, second, between, cut, from) -> first.substring(0, Math.min(cut, first.length()))
                        + between
                        + second.substring(Math.min(from, second.length())));
    }

    @Property
    void partsPutTogetherAreTheTextAndNoneIsTooLong(
            @ForAll String text, @ForAll @IntRange(min = 6, max = 40) int most) {
        List<String> parts = LineText.parts(text, most);

        assertThat(String.join("", parts)).isEqualTo(text);
    }

    @Property
    void bytesAreNeverLostInTheText(@ForAll byte[] bytes) {
        LineText line = LineText.of(bytes);

        assertThat(line.escaped() ? unescaped(line.text()) : line.text().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(bytes);
    }

    private static byte[] unescaped(String text) {
        var out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (text.startsWith("\\x", i)) {
                out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 4;
            } else if (text.startsWith("\\\\", i)) {
                out.write('\\');
                i += 2;
            } else {
                int character = text.codePointAt(i);
                out.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character);
            }
        }
        return out.toByteArray();
    }
}
