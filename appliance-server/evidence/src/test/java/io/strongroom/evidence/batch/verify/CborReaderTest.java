package io.strongroom.evidence.batch.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
    private static CborReader of(String hex) {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    /** RFC 8949 appendix A. */
    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "01, 1",
        "0a, 10",
        "17, 23",
        "1818, 24",
        "1819, 25",
        "1864, 100",
        "1903e8, 1000",
        "1a000f4240, 1000000",
        "1b000000e8d4a51000, 1000000000000",
        "20, -1",
        "29, -10",
        "3863, -100",
        "3903e7, -1000",
        "3b7fffffffffffffff, -9223372036854775808",
        "1b7fffffffffffffff, 9223372036854775807"
    })
    void integersAreRead(String hex, long value) {
        CborReader reader = of(hex);
        assertThat(reader.integer()).isEqualTo(value);
        reader.end();
    }

    /** RFC 8949 appendix A. */
    @Test
    void stringsAreRead() {
        assertThat(of("4401020304").bytes(4)).isEqualTo(new byte[] {1, 2, 3, 4});
        assertThat(of("40").bytes(0)).isEmpty();
        assertThat(of("6449455446").text(4)).isEqualTo("IETF");
        assertThat(of("62c3bc").text(2)).isEqualTo("ü");
        assertThat(of("63e6b0b4").text(3)).isEqualTo("水");
    }

    /** RFC 8949 appendix A. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "83010203",
                "8301820203820405",
                "a0",
                "a201020304",
                "a26161016162820203",
                "826161a161626163",
                "a56161614161626142616361436164614461656145",
                "c11a514b67b0",
                "d74401020304",
                "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
            })
    void itemsInTheirOneFormAreWhole(String hex) {
        CborReader reader = of(hex);
        assertThat(reader.item()).isEqualTo(HexFormat.of().parseHex(hex));
        reader.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "1800", // longer than it must be
                "1817", // longer than it must be
                "190001", // longer than it must be
                "1900ff", // longer than it must be
                "1a0000ffff", // longer than it must be
                "1b00000000ffffffff", // longer than it must be
                "5800", // a length longer than it must be
                "780161", // a length longer than it must be
                "9800", // a length longer than it must be
                "b800", // a length longer than it must be
                "d81701", // a tag longer than it must be
                "1bffffffffffffffff", // beyond 2^63
                "1c", // reserved
                "1f", // indefinite
                "5f42010243030405ff", // indefinite
                "7f657374726561646d696e67ff", // indefinite
                "9fff", // indefinite
                "bf61610161629f0203ffff", // indefinite
                "f4", // false
                "f6", // null
                "f97e00", // a floating-point number
                "fb3ff199999999999a", // a floating-point number
                "ff", // a break
                "a2020001 00", // keys not in order
                "a201000100", // a key twice
                "a2626161006162 00", // a longer text before a shorter
                "a2616200616100", // texts not in order
                "a18000", // a key that is an array
                "a140 00", // a key that is a byte string
                "a101", // no value
                "8101 01", // something follows
                "83 0102", // an element is missing
                "9bffffffffffffffff", // more elements than there are numbers
                "9b7fffffffffffffff", // more elements than there are bytes
                "bb7fffffffffffffff00", // more pairs than there are bytes
                "5b7fffffffffffffff00", // a string that reaches too far
                "42 01", // a string that is cut off
                "62c328", // not UTF-8
                "63eda080", // a surrogate
                "81818181818181818100" // too deep
            })
    void whateverHasAnotherFormIsRefused(String hex) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> {
                    CborReader reader = of(hex.replace(" ", ""));
                    byte[] unused = reader.item();
                    reader.end();
                })
                .satisfies(e -> assertThat(e.fault()).isEqualTo(BatchException.Fault.MALFORMED));
    }

    @Test
    void aStringLongerThanItMayBeIsRefusedBeforeItIsCopied() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> of("4401020304").bytes(3));
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> of("4401020304").exactly(5));
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> of("6449455446").text(3));
    }
}
