package io.strongroom.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Eight bytes at a time find what one byte at a time finds. */
final class ByteScanProperties {
    @Provide
    Arbitrary<byte[]> bytes() {
        // Neighbours of what is looked for, which a wrong borrow would take for it.
        return Arbitraries.of(
                        (byte) '"', (byte) '\\', (byte) 'a', (byte) 0, (byte) 1, (byte) '#', (byte) '!', (byte) -1)
                .array(byte[].class)
                .ofMaxSize(60);
    }

    @Property
    void findIsTheFirst(@ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 9) int from) {
        int start = Math.min(from, bytes.length);
        for (char wanted : new char[] {'"', 'a', 0, 1, '#'}) {
            int at = start;
            while (at < bytes.length && bytes[at] != wanted) {
                at++;
            }
            assertThat(ByteScan.find(bytes, start, bytes.length, wanted)).isEqualTo(at);
        }
    }

    @Property
    void aStringEndsBehindTheFirstQuoteThatNoBackslashEscapes(@ForAll("bytes") byte[] bytes) {
        int at = 1;
        while (at < bytes.length && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at < bytes.length) {
            assertThat(ByteScan.stringEnd(bytes, 0, bytes.length)).isEqualTo(at + 1);
        } else {
            assertThat(ByteScan.stringEnd(bytes, 0, bytes.length)).isGreaterThanOrEqualTo(bytes.length);
        }
    }
}
