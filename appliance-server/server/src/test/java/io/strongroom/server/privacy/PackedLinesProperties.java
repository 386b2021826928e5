package io.strongroom.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

/** Whatever the line and whatever its record, the line comes back byte for byte. */
final class PackedLinesProperties {
    private final PackedLines lines = new PackedLines();

    @Property(tries = 300)
    void aLineThatHasNothingOfItsRecordComesBack(@ForAll @NotEmpty byte[] line, @ForAll @NotEmpty byte[] body) {
        assertThat(PackedLines.unpack(lines.pack(line, body), body)).isEqualTo(line);
    }

    @Property(tries = 300)
    void aLineThatIsMostlyItsRecordComesBack(@ForAll @NotEmpty byte[] body, @ForAll byte[] more) {
        byte[] line = Arrays.copyOf(body, body.length + more.length);
        System.arraycopy(more, 0, line, body.length, more.length);
        assertThat(PackedLines.unpack(lines.pack(line, body), body)).isEqualTo(line);
    }
}
