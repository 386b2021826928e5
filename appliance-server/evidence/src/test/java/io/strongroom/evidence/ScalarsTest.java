package io.strongroom.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "1795222923004, 2026-11-21T01:02:03.004Z",
        "951782400000, 2000-02-29T00:00:00.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "253402300799999, 9999-12-31T23:59:59.999Z",
        "-62167219200000, 0000-01-01T00:00:00.000Z",
    })
    void aTimeHasOneText(long epochMillis, String text) {
        assertThat(Rfc3339.format(epochMillis)).isEqualTo(text);
        assertThat(Rfc3339.parse(text)).isEqualTo(epochMillis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21T01:02:03Z",
                "2026-11-21T01:02:03.04Z",
                "2026-11-21T01:02:03.004+00:00",
                "2026-11-21t01:02:03.004z",
                "2026-11-21 01:02:03.004Z",
                "2026-02-29T00:00:00.000Z",
                "1900-02-29T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-00-01T00:00:00.000Z",
                "2026-04-31T00:00:00.000Z",
                "2026-01-00T00:00:00.000Z",
                "2026-11-21T24:00:00.000Z",
                "2026-11-21T00:60:00.000Z",
                "2016-12-31T23:59:60.000Z",
                "-026-11-21T01:02:03.004Z",
                "２026-11-21T01:02:03.004Z"
            })
    void anyOtherTimeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.parse(text));
    }

    @Test
    void aTimeWithoutATextIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.format(Rfc3339.MAX_EPOCH_MILLIS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.format(Rfc3339.MIN_EPOCH_MILLIS - 1));
    }

    @Test
    void aRecordIdIsAUlid() {
        // The example of the ULID specification: 01ARZ3NDEKTSV4RRFFQ69G5FAV is 01563E3A B5D3 D676 4C61 EFB99302BD5B.
        RecordId id = RecordId.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(id.bytes()).isEqualTo(HexFormat.of().parseHex("01563e3ab5d3d6764c61efb99302bd5b"));
        assertThat(id.epochMillis()).isEqualTo(0x01563e3ab5d3L);
        assertThat(id).hasToString("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(RecordId.ofBytes(id.bytes())).isEqualTo(id);
        assertThat(RecordId.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isEqualTo(new RecordId(-1, -1));
        assertThat(RecordId.of(0, new byte[10])).hasToString("0".repeat(26));
        assertThat(id).isLessThan(new RecordId(-1, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01ARZ3NDEKTSV4RRFFQ69G5FA",
                "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
                "01arz3ndektsv4rrffq69g5fav",
                "81ARZ3NDEKTSV4RRFFQ69G5FAV",
                "01ARZ3NDEKTSV4RRFFQ69G5FAI",
                "01ARZ3NDEKTSV4RRFFQ69G5FAL",
                "01ARZ3NDEKTSV4RRFFQ69G5FAO",
                "01ARZ3NDEKTSV4RRFFQ69G5FAU",
                "01ARZ3NDEKTSV4RRFFQ69G5FA-",
                "01ARZ3NDEKTSV4RRFFQ69G5FAé"
            })
    void anyOtherRecordIdIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordId.parse(text));
    }

    @Test
    void aRecordIdsTimeHas48Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordId.of(-1, new byte[10]));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordId.of(1L << 48, new byte[10]));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordId.of(0, new byte[9]));
    }

    @Test
    void aDigestsTextIsSha256AndLowerCaseHex() {
        Digest digest = Digest.of("abc".getBytes(US_ASCII));
        String text = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(digest).hasToString(text);
        assertThat(Digest.parse(text)).isEqualTo(digest);
        assertThat(Digest.parseAscii(("xx" + text).getBytes(US_ASCII), 2)).isEqualTo(digest);
        byte[] written = new byte[Digest.CHARS];
        digest.writeAscii(written, 0);
        assertThat(new String(written, US_ASCII)).isEqualTo(text);
        assertThat(digest.matches(digest.bytes(), 0)).isTrue();
        for (String bad : new String[] {text.toUpperCase(Locale.ROOT), text.replace('a', 'g'), "md5" + text}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> Digest.parseAscii(bad.getBytes(US_ASCII), 0));
        }
    }

    @Test
    void namesKeepTheirAlphabets() {
        assertThat(new SourceId("order-service").value()).isEqualTo("order-service");
        assertThat(new StreamName("system.seal").isSystem()).isTrue();
        assertThat(new StreamName("systemic").isSystem()).isFalse();
        assertThat(new TenantId("Acme~1")).isEqualTo(new TenantId("aCME~1")).hasToString("Acme~1");
        assertThat(new TenantId("Acme").key()).isEqualTo("acme");
        for (String bad : new String[] {"", "A", "a b", "a/b", "é", "a".repeat(65), "a\n"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SourceId(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> new StreamName(bad));
        }
        for (String bad : new String[] {"", "-a", ".a", "a b", "é", "a".repeat(65)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new TenantId(bad));
        }
    }

    @Test
    void anOriginNamesHostTenantAndInstallation() {
        assertThat(Origin.of("Evidence.Example.COM", new TenantId("ACME"), "0123456789abcdef"))
                .hasToString("evidence.example.com/acme/01234567");
        for (String bad :
                new String[] {"", "a b", "a+b", "a\u2028b", "a\nb", "a".repeat(201), "é".repeat(101), "\ud800"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Origin(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.of("a/b", new TenantId("acme"), "01234567"));
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.of("a.b", new TenantId("acme"), "0123456"));
    }
}
